import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { newestAttempts } from '../aws/attempts.ts';
import { scan } from '../aws/scan.ts';
import type { Connection } from '../connection-options.ts';
import type { ListOptions } from '../list-options.ts';
import { printPage } from '../page.ts';
import { shortId, stateCell, timeText } from '../paint.ts';
import type { Ui } from '../ui.ts';
import { readFindings } from './read-finding.ts';

export interface FindingsDeps {
  readonly client: DynamoDBClient;
  readonly ui: Ui;
}

type Tables = Pick<Connection, 'checkTrackerTable' | 'automationExecutionTrackerTable'>;

/** Lists findings, each with what was last decided about it. */
export async function listFindings(
  { client, ui }: FindingsDeps,
  options: Tables & ListOptions,
): Promise<void> {
  const { check, state, resource, limit, startingToken } = options;
  const { items, nextToken } = await scan(client, {
    tableName: options.checkTrackerTable,
    key: ['findingId'],
    filters: [
      { attribute: 'checkName', is: 'containing', value: check },
      { attribute: 'resource', is: 'containing', value: resource },
      { attribute: 'resourceStatus', is: 'equal', value: state },
    ],
    limit,
    startingToken,
  });
  const read = readFindings(items);
  const findings = read.findings.toSorted((a, b) => b.observedAt.getTime() - a.observedAt.getTime());
  const attempts = await newestAttempts(
    client,
    options.automationExecutionTrackerTable,
    findings.map(({ findingId }) => findingId),
  );
  const shown = findings.map((finding) => ({ ...finding, remediation: attempts.get(finding.findingId) }));
  printPage(ui, options, {
    name: 'findings',
    items: shown,
    nextToken,
    unreadable: read.unreadable,
    headers: ['status', 'seen', 'remediation', 'check', 'resource', 'ID'],
    row: ({ status, observedAt, checkName, resource: where, findingId, remediation }) => ({
      cells: [
        stateCell(status),
        timeText(observedAt.toISOString()),
        stateCell(remediation?.state ?? ''),
        checkName,
        where,
        shortId(findingId),
      ],
      below: remediation?.stateReason,
    }),
  });
}
