import { attemptFrom, attemptsAt } from '../aws/attempts.ts';
import { type Filter, type ScanRequest, scan } from '../aws/scan.ts';
import { CliError } from '../cli-error.ts';
import type { Connection } from '../connection-options.ts';
import { printJson } from '../ui.ts';
import { attemptLines } from './attempt-lines.ts';
import type { ExecutionsDeps } from './list.ts';

/** How many attempts one ID may name: those at a finding, or of a shared OpsItem. */
const MOST = 100;

/** What an ID names, by its looks. */
const KINDS: readonly (Omit<Filter, 'value'> & { readonly looks: RegExp })[] = [
  { looks: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, attribute: 'automationExecutionId', is: 'equal' },
  { looks: /^oi-[0-9a-f]{12}$/, attribute: 'opsItemId', is: 'equal' },
  { looks: /^[0-9a-f]{6,64}$/, attribute: 'findingId', is: 'beginning' },
];

/** Shows the attempts that an ID names: a finding's, an automation execution's, an OpsItem's. @throws CliError NO_EXECUTION */
export async function showExecutions(
  { client, ui }: ExecutionsDeps,
  id: string,
  options: Pick<Connection, 'automationExecutionTrackerTable'> & { readonly json?: true },
): Promise<void> {
  const kind = KINDS.find(({ looks }) => looks.test(id));
  if (kind === undefined)
    throw new CliError(
      'NO_EXECUTION',
      `${JSON.stringify(id)} is the ID of no automation execution (a UUID), OpsItem (oi-…) or finding (6 to 64 of 0-9a-f): remediator executions list shows them`,
    );
  const tableName = options.automationExecutionTrackerTable;
  const filters = [{ attribute: kind.attribute, is: kind.is, value: id }];
  // A whole ID of a finding is the table's key.
  const { found, nextToken } =
    id.length === 64
      ? { found: await attemptsAt(client, tableName, id), nextToken: undefined }
      : await scanned(client, { tableName, key: ['findingId', 'attempt'], filters, limit: MOST });
  const attempts = found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (attempts.length === 0)
    throw new CliError(
      'NO_EXECUTION',
      `Nothing was done about ${id}${nextToken === undefined ? '' : ', as far as so large a table was read'}: remediator executions list shows what was`,
    );
  if (options.json) {
    printJson(ui, { executions: attempts });
    return;
  }
  for (const attempt of attempts) {
    const { checkName, resource, account, region, findingId } = attempt;
    const facts = { check: checkName, resource, account, region, finding: findingId };
    ui.print([...attemptLines(attempt, facts), ''].join('\n'));
  }
}

async function scanned(client: ExecutionsDeps['client'], request: ScanRequest) {
  const { items, nextToken } = await scan(client, request);
  return { found: items.map(attemptFrom), nextToken };
}

function keyOf({ findingId, attempt }: { findingId: string; attempt: string }): string {
  return `${findingId} ${attempt}`;
}
