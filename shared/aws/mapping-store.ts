import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { RemediatorError } from '../domain/errors.ts';
import { type Mapping, mappingKeysOf } from '../domain/mapping.ts';
import { mappingAmong, plainRow } from '../domain/mapping-rows.ts';
import { DEFAULTS_ROW } from '../domain/mapping-schema.ts';
import type { Clock, MappingStore } from '../ports.ts';

/** Long enough to spare a storm's reads, short enough for "switch it off" to be quick. */
const CACHED_MS = 10_000;

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/** AutomationMappingTable: the check's row and the row `*` in one read. */
export function createMappingStore({ client, tableName, clock }: Options): MappingStore {
  const cache = new Map<string, { until: number; mapping: Mapping }>();
  return {
    async find(check) {
      const keys = mappingKeysOf(check);
      const known = JSON.stringify(keys);
      const now = clock.now().getTime();
      const cached = cache.get(known);
      if (cached && now < cached.until) return cached.mapping;
      cache.delete(known);
      const rows = await read(client, tableName, new Set([...keys, DEFAULTS_ROW]));
      const mapping = mappingAmong(rows, check);
      // A mapping that is missing or broken is read anew: a person is about to mend it.
      if (mapping && !(mapping instanceof RemediatorError))
        cache.set(known, { until: now + CACHED_MS, mapping });
      return mapping;
    },
  };
}

async function read(
  client: DynamoDBClient,
  tableName: string,
  names: ReadonlySet<string>,
): Promise<Map<string, unknown>> {
  const Keys = [...names].map((name) => ({ checkName: { S: name } }));
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
  );
  // What DynamoDB did not get round to is not "no mapping".
  if (UnprocessedKeys && Object.keys(UnprocessedKeys).length > 0) {
    throw new RemediatorError('AWS_CALL_FAILED', `DynamoDB left keys of ${tableName} unread.`);
  }
  const rows = (Responses?.[tableName] ?? []).map((item) => unmarshall(item, { wrapNumbers: Number }));
  return new Map(rows.map((row) => [String(row.checkName), plainRow(row)]));
}
