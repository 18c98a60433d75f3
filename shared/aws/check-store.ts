import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Finding, findingIdOf, type Status } from '../domain/finding.ts';
import type { CheckStore, Clock } from '../ports.ts';
import { type Image, trackedFindingFrom } from './tracked-finding.ts';

/**
 * How long a Green finding is kept: longer than the attempts at it (execution-store.ts), with time for DynamoDB to
 * delete those. A finding that was forgotten earlier would begin at its first episode again, whose attempt is there.
 */
const GREEN_KEPT_DAYS = 460;
/** Stays clear of DynamoDB's 400 KB an item and of a stream record's share of a batch. */
const MAX_DETAIL_BYTES = 8192;

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/** CheckTrackerTable: docs/architecture.md, "Data". */
export function createCheckStore({ client, tableName, clock }: Options): CheckStore {
  return {
    async track(finding) {
      const findingId = findingIdOf(finding);
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: { findingId: { S: findingId } },
            ...updateOf(finding, clock.now()),
          }),
        );
        return 'written';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'stale';
        throw error;
      }
    },
    async get(findingId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { findingId: { S: findingId } },
          ConsistentRead: true,
        }),
      );
      return Item && trackedFindingFrom(Item as Image);
    },
  };
}

/** Of two events with the same time the worse status counts, in whichever order they come. */
const MILDER: Readonly<Record<Status, readonly Status[]>> = {
  Red: ['Yellow', 'Green'],
  Yellow: ['Green'],
  Green: [],
};

function updateOf(finding: Finding, now: Date) {
  const green = finding.status === 'Green';
  const milder = MILDER[finding.status];
  const attributes = {
    source: finding.source,
    checkName: finding.checkName,
    account: finding.account,
    region: finding.region,
    resource: finding.resource,
    resourceType: finding.resourceType,
    resourceStatus: finding.status,
    severity: finding.severity,
    lastUpdatedTime: finding.observedAt.toISOString(),
    lastUpdatedEpochMs: finding.observedAt.getTime(),
    expiresAt: green ? Math.floor(now.getTime() / 1000) + GREEN_KEPT_DAYS * 86_400 : undefined,
  };
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const names = [...written.map(([key]) => key), 'detail'];
  const tie = milder.map((_, index) => `:milder${index}`).join(', ');
  return {
    // An episode begins where Red or Yellow follows Green or nothing: Green leaves the step that the next one adds.
    UpdateExpression: [
      `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ', #episode = if_not_exists(#episode, :zero)',
      green ? ', #step = :one' : ' + if_not_exists(#step, :one), #step = :zero',
      green ? '' : ' REMOVE #expiresAt',
    ].join(''),
    ConditionExpression: [
      'attribute_not_exists(#findingId) OR #lastUpdatedEpochMs < :lastUpdatedEpochMs',
      tie && `(#lastUpdatedEpochMs = :lastUpdatedEpochMs AND #resourceStatus IN (${tie}))`,
    ]
      .filter(Boolean)
      .join(' OR '),
    ExpressionAttributeNames: {
      '#findingId': 'findingId',
      '#episode': 'episode',
      '#step': 'episodeStep',
      ...(green ? {} : { '#expiresAt': 'expiresAt' }),
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...marshall(Object.fromEntries(written.map(([key, value]) => [`:${key}`, value]))),
      ':detail': detailOf(finding),
      ...Object.fromEntries(milder.map((status, index) => [`:milder${index}`, { S: status }])),
      ':one': { N: '1' },
      ':zero': { N: '0' },
    },
  };
}

/** By hand: `marshall` takes an object with a key called `constructor` for an instance of a class. */
function detailOf({ detail }: Finding): AttributeValue {
  const entries = Object.entries(trimmed(detail));
  return {
    M: Object.fromEntries(
      entries.map(([key, value]) => [key, value === null ? { NULL: true } : { S: value }]),
    ),
  };
}

/** Leaves out the longest values until the detail fits; a person reads that something is missing. */
function trimmed(detail: Finding['detail']): Finding['detail'] {
  const entries = Object.entries(detail).map((entry) => ({ entry, bytes: bytesOf(entry) }));
  const all = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all <= MAX_DETAIL_BYTES) return detail;
  const kept = new Set<unknown>();
  let left = MAX_DETAIL_BYTES;
  for (const { entry, bytes } of entries.toSorted((a, b) => a.bytes - b.bytes)) {
    left -= bytes;
    if (left < 0) break;
    kept.add(entry);
  }
  return Object.fromEntries([
    ...entries.map(({ entry }) => entry).filter((entry) => kept.has(entry)),
    ['…', 'The longest values were left out.'],
  ]);
}

/** As JSON, with colon and comma. */
function bytesOf([key, value]: readonly [string, string | null]): number {
  return Buffer.byteLength(JSON.stringify(key)) + Buffer.byteLength(JSON.stringify(value)) + 2;
}
