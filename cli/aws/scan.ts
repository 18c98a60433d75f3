import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CliError } from '../cli-error.ts';
import { openProgress, type Progress } from '../progress.ts';
import { NotAws } from './faults.ts';

type Item = Record<string, AttributeValue>;

/** What rows have to have: the attribute's text is, contains, or begins with a value. */
export interface Filter {
  readonly attribute: string;
  readonly is: 'equal' | 'containing' | 'beginning';
  readonly value: string | undefined;
}

export interface ScanRequest {
  readonly tableName: string;
  /** The attributes of its key. */
  readonly key: readonly string[];
  readonly filters: readonly Filter[];
  readonly limit: number;
  /** Where an earlier scan stopped. */
  readonly startingToken?: string | undefined;
}

export interface ScanPage {
  readonly items: readonly Item[];
  /** Undefined: that was all. */
  readonly nextToken?: string;
}

/** How much of a table one command reads: pages of 1 MB. What is left, its token goes on with. */
const MAX_PAGES = 50;

const TESTS = {
  equal: (name: string, value: string) => `${name} = ${value}`,
  containing: (name: string, value: string) => `contains(${name}, ${value})`,
  beginning: (name: string, value: string) => `begins_with(${name}, ${value})`,
} as const;

/** Rows of a table, in no order, as many as are wanted and no more pages than are bearable. Shows how far it is. */
export async function scan(client: DynamoDBClient, request: ScanRequest): Promise<ScanPage> {
  using progress = await openProgress();
  return scanPages(client, request, progress);
}

async function scanPages(
  client: DynamoDBClient,
  request: ScanRequest,
  progress: Progress,
): Promise<ScanPage> {
  const { tableName, key, limit, startingToken } = request;
  const items: Item[] = [];
  let ExclusiveStartKey = startingToken === undefined ? undefined : keyIn(startingToken, key);
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { Items, LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: tableName, ExclusiveStartKey, ...expressionOf(request.filters) }),
    );
    if (Items === undefined) throw new NotAws('Scan', 'Items');
    items.push(...Items);
    if (items.length > limit) {
      const kept = items.slice(0, limit);
      return { items: kept, nextToken: tokenOf(kept.at(-1), key) };
    }
    ExclusiveStartKey = LastEvaluatedKey;
    if (ExclusiveStartKey === undefined) return { items };
    progress.show(() => ({
      share: undefined,
      text: `${page + 1} MB of ${tableName} read, ${items.length} rows found`,
    }));
  }
  return { items, nextToken: tokenOf(ExclusiveStartKey, key) };
}

function expressionOf(filters: readonly Filter[]) {
  const wanted = filters.filter(({ value }) => value !== undefined);
  if (wanted.length === 0) return {};
  return {
    FilterExpression: wanted.map(({ is }, index) => TESTS[is](`#f${index}`, `:f${index}`)).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(
      wanted.map(({ attribute }, index) => [`#f${index}`, attribute]),
    ),
    ExpressionAttributeValues: Object.fromEntries(
      wanted.map(({ value = '' }, index) => [`:f${index}`, { S: value }]),
    ),
  };
}

/** Any row's key is a place to go on from. */
function tokenOf(item: Item | undefined, key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key.map((name) => item?.[name]?.S ?? ''))).toString('base64url');
}

function keyIn(token: string, key: readonly string[]): Item {
  try {
    const values: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (
      Array.isArray(values) &&
      values.length === key.length &&
      values.every((each) => typeof each === 'string')
    )
      return Object.fromEntries(key.map((name, index) => [name, { S: String(values[index]) }]));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CliError(
    'WRONG_TOKEN',
    '--starting-token is not what this command gave: leave it out, or copy it whole',
  );
}
