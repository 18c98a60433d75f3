import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { attemptFrom, enteredAt } from '../aws/attempts.ts';
import { scan } from '../aws/scan.ts';
import type { Connection } from '../connection-options.ts';
import type { ListOptions } from '../list-options.ts';
import { printPage } from '../page.ts';
import { shortId, stateCell, timeText } from '../paint.ts';
import type { Ui } from '../ui.ts';

export interface ExecutionsDeps {
  readonly client: DynamoDBClient;
  readonly ui: Ui;
}

type Table = Pick<Connection, 'automationExecutionTrackerTable'>;

/** Lists attempts: what was done about findings, and why. */
export async function listExecutions(
  { client, ui }: ExecutionsDeps,
  options: Table & ListOptions,
): Promise<void> {
  const { check, state, resource, limit, startingToken } = options;
  const { items, nextToken } = await scan(client, {
    tableName: options.automationExecutionTrackerTable,
    key: ['findingId', 'attempt'],
    filters: [
      { attribute: 'checkName', is: 'containing', value: check },
      { attribute: 'resource', is: 'containing', value: resource },
      { attribute: 'state', is: 'equal', value: state },
    ],
    limit,
    startingToken,
  });
  const attempts = items.map(attemptFrom).toSorted((a, b) => (enteredAt(a) > enteredAt(b) ? -1 : 1));
  printPage(ui, options, {
    name: 'executions',
    items: attempts,
    nextToken,
    headers: ['state', 'since', 'check', 'resource', 'OpsItem', 'finding', 'attempt'],
    row: (attempt) => ({
      cells: [
        stateCell(attempt.state),
        timeText(enteredAt(attempt)),
        attempt.checkName,
        attempt.resource,
        attempt.opsItemId ?? '',
        shortId(attempt.findingId),
        attempt.attempt,
      ],
      below: attempt.stateReason,
    }),
  });
}
