import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { attemptsAt } from '../aws/attempts.ts';
import { scan } from '../aws/scan.ts';
import { CliError } from '../cli-error.ts';
import type { Connection } from '../connection-options.ts';
import { attemptLines } from '../executions/attempt-lines.ts';
import { factLines } from '../facts.ts';
import { printJson } from '../ui.ts';
import type { FindingsDeps } from './list.ts';
import { readFinding } from './read-finding.ts';

/** Shows one finding, and every attempt at it. @throws CliError NO_FINDING, SEVERAL_FINDINGS */
export async function showFinding(
  { client, ui }: FindingsDeps,
  id: string,
  options: Pick<Connection, 'checkTrackerTable' | 'automationExecutionTrackerTable'> & {
    readonly json?: true;
  },
): Promise<void> {
  const finding = readFinding(await find(client, id, options.checkTrackerTable));
  const { automationExecutionTrackerTable: tableName } = options;
  const attempts = await attemptsAt(client, tableName, finding.findingId);
  if (options.json) {
    printJson(ui, { finding, attempts });
    return;
  }
  const { detail, ...facts } = finding;
  ui.print(factLines(facts).join('\n'));
  ui.print(['detail', ...factLines(detail).map((line) => `  ${line}`)].join('\n'));
  if (attempts.length === 0) ui.print('Nothing has been decided about it yet.');
  for (const attempt of attempts) ui.print(['', ...attemptLines(attempt)].join('\n'));
}

/** Characters of SHA-256. */
const WHOLE_ID = 64;

/** A whole ID is read; the beginning of one is looked for. */
async function find(client: FindingsDeps['client'], id: string, tableName: string) {
  if (!/^[0-9a-f]{6,64}$/.test(id))
    throw new CliError(
      'NO_FINDING',
      `${JSON.stringify(id)} is no finding's ID: 6 to 64 of the characters 0-9a-f, as remediator findings list shows them`,
    );
  if (id.length === WHOLE_ID) {
    const Key = { findingId: { S: id } };
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    if (Item) return Item;
    throw notThere(id);
  }
  const filters = [{ attribute: 'findingId', is: 'beginning', value: id } as const];
  const { items, nextToken } = await scan(client, { tableName, key: ['findingId'], filters, limit: 2 });
  if (items.length > 1)
    throw new CliError('SEVERAL_FINDINGS', `Several findings' IDs begin with ${id}: give more of it`);
  const [only] = items;
  if (only) return only;
  if (nextToken === undefined) throw notThere(id);
  throw new CliError(
    'NO_FINDING',
    `Among the first findings of a large table none begins with ${id}: give the whole ID (findings list --json)`,
  );
}

function notThere(id: string): CliError {
  return new CliError(
    'NO_FINDING',
    `There is no finding ${id}: remediator findings list shows those that there are`,
  );
}
