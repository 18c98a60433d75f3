import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { RemediationException } from '../domain/exception.ts';
import type { Clock, ExceptionStore } from '../ports.ts';
import type { Image } from './tracked-finding.ts';

/** Long enough to spare a storm's reads, short enough for an exception to hold at once. */
const CACHED_MS = 10_000;

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/** RemediationExceptionTable: docs/architecture.md, "Data". People write it, so it is small, and read whole. */
export function createExceptionStore({ client, tableName, clock }: Options): ExceptionStore {
  let cached: { until: number; exceptions: readonly RemediationException[] } | undefined;
  return {
    async list() {
      const now = clock.now().getTime();
      if (cached && now < cached.until) return cached.exceptions;
      const exceptions = await readAll(client, tableName);
      cached = { until: now + CACHED_MS, exceptions };
      return exceptions;
    },
  };
}

async function readAll(client: DynamoDBClient, TableName: string): Promise<RemediationException[]> {
  const found: RemediationException[] = [];
  let ExclusiveStartKey: Image | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    found.push(...(page.Items ?? []).map((item) => exceptionFrom(unmarshall(item, { wrapNumbers: Number }))));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

/** People write these by hand: what is missing never makes an exception void. */
function exceptionFrom({
  resource,
  checkName,
  owner,
  reason,
  expiresAt,
}: Record<string, unknown>): RemediationException {
  return {
    resource: String(resource),
    checkName: String(checkName),
    owner: typeof owner === 'string' ? owner : 'somebody who left no name',
    reason: typeof reason === 'string' ? reason : 'no reason was given',
    ...(typeof expiresAt === 'number' && Number.isFinite(expiresAt) ? { expiresAt } : {}),
  };
}
