import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { STATES } from '../../shared/domain/lifecycle.ts';
import type { Remediation } from '../../shared/domain/remediation.ts';
import type { ExecutionStore } from '../../shared/ports.ts';
import { NotAws } from './faults.ts';
import { plainItem } from './plain-item.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** How many findings are asked about at a time. */
const AT_A_TIME = 10;

/** The newest attempt at each of some findings, by the finding's ID. */
export async function newestAttempts(
  client: DynamoDBClient,
  tableName: string,
  findingIds: readonly string[],
): Promise<ReadonlyMap<string, Remediation>> {
  const found = new Map<string, Remediation>();
  const ids = [...new Set(findingIds)];
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const some = ids.slice(from, from + AT_A_TIME);
    const newest = await Promise.all(some.map((id) => newestOf(client, tableName, id)));
    for (const attempt of newest) if (attempt) found.set(attempt.findingId, attempt);
  }
  return found;
}

/** All attempts at a finding, oldest first. */
export async function attemptsAt(
  client: DynamoDBClient,
  tableName: string,
  findingId: string,
): Promise<readonly Remediation[]> {
  const found: Remediation[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await query(client, { ...byFinding(tableName, findingId), ExclusiveStartKey });
    found.push(...page.items.map(attemptFrom));
    ExclusiveStartKey = page.next;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

const TEXTS = ['attempt', 'state', 'stateReason', 'reasonCode', 'checkName', 'resource', 'account', 'region'];
const OPTIONAL_TEXTS = ['document', 'opsItemId', 'automationExecutionId', 'nextActionAt'];

/**
 * A row of AutomationExecutionTrackerTable, to be shown. Functions write it, but people can, too: what should be a text
 * is one, whatever it was, and what has no sense is left out.
 */
export function attemptFrom(item: Item): Remediation {
  const row = plainItem(item);
  const { enteredAt, approval, ...rest } = row;
  const texts = Object.fromEntries([
    ...TEXTS.map((name) => [name, textOf(row[name] ?? '')]),
    ...OPTIONAL_TEXTS.flatMap((name) => (row[name] === undefined ? [] : [[name, textOf(row[name])]])),
  ]);
  const shown = {
    ...rest,
    ...texts,
    enteredAt: isTexts(enteredAt) ? enteredAt : {},
    ...(isTexts(approval) && approval.by && approval.at ? { approval } : {}),
  };
  // What is shown of it has been made sure of.
  return shown as unknown as Remediation;
}

/**
 * Rows that something is decided by.
 * @throws RemediatorError RECORD_MALFORMED: somebody wrote one by hand
 */
export function soundAttempts(rows: readonly Remediation[]): readonly Remediation[] {
  for (const row of rows) {
    const values: Readonly<Record<string, unknown>> = { ...row };
    const wrong = [
      ...TEXTS.filter((name) => typeof values[name] !== 'string'),
      ...OPTIONAL_TEXTS.filter((name) => !['string', 'undefined'].includes(typeof values[name])),
      ...(isTexts(row.enteredAt) ? [] : ['enteredAt']),
      ...(STATES.includes(row.state) ? [] : ['state']),
    ];
    if (wrong.length > 0)
      throw new RemediatorError(
        'RECORD_MALFORMED',
        `The row ${row.findingId} ${row.attempt} of AutomationExecutionTrackerTable cannot be read: ${[...new Set(wrong)].join(', ')} ${wrong.length > 1 ? 'are' : 'is'} wrong.`,
      );
  }
  return rows;
}

/** A store whose reads throw RECORD_MALFORMED for what is not sound. */
export function soundly({ list, listSharers }: Reads): Reads {
  return {
    list: async (findingId) => soundAttempts(await list(findingId)),
    listSharers: async (opsItemId, limit) => soundAttempts(await listSharers(opsItemId, limit)),
  };
}

type Reads = Pick<ExecutionStore, 'list' | 'listSharers'>;

/** When a row entered the state that it is in. */
export function enteredAt({ state, enteredAt: times }: Remediation): string {
  return times[state] ?? Object.values(times).toSorted().at(-1) ?? '';
}

async function newestOf(
  client: DynamoDBClient,
  tableName: string,
  findingId: string,
): Promise<Remediation | undefined> {
  const { items } = await query(client, {
    ...byFinding(tableName, findingId),
    ScanIndexForward: false,
    Limit: 1,
  });
  return items[0] && attemptFrom(items[0]);
}

function byFinding(TableName: string, findingId: string): QueryCommandInput {
  return {
    TableName,
    KeyConditionExpression: 'findingId = :id',
    ExpressionAttributeValues: { ':id': { S: findingId } },
  };
}

async function query(client: DynamoDBClient, input: QueryCommandInput) {
  const { Items, LastEvaluatedKey } = await client.send(new QueryCommand(input));
  if (Items === undefined) throw new NotAws('Query', 'Items');
  return { items: Items, next: LastEvaluatedKey };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === 'string')
  );
}
