import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Finding, Status } from '../domain/finding.ts';

/**
 * How long a Green finding is kept: longer than the attempts at it (execution-store.ts), with time for DynamoDB to
 * delete those. A finding that was forgotten earlier would begin at its first episode again, whose attempt is there.
 */
const GREEN_KEPT_DAYS = 460;
/** Stays clear of DynamoDB's 400 KB an item and of a stream record's share of a batch. */
const MAX_DETAIL_BYTES = 8192;

/** Of two events with the same time the worse status counts, in whichever order they come. */
const MILDER: Readonly<Record<Status, readonly Status[]>> = {
  Red: ['Yellow', 'Green'],
  Yellow: ['Green'],
  Green: [],
};

/** The conditional update that tracks a finding: it holds unless what is stored is as new or newer. */
export function updateOf(finding: Finding, now: Date) {
  const green = finding.status === 'Green';
  const attributes = {
    source: finding.source,
    sourceFindingId: finding.sourceFindingId,
    checkName: finding.checkName,
    checkId: finding.checkId,
    checkAliases: finding.checkAliases,
    account: finding.account,
    region: finding.region,
    resource: finding.resource,
    resourceType: finding.resourceType,
    resourceStatus: finding.status,
    statusReason: finding.statusReason,
    severity: finding.severity,
    lastUpdatedTime: finding.observedAt.toISOString(),
    lastUpdatedEpochMs: (finding.orderedAt ?? finding.observedAt).getTime(),
    observedEpochMs: finding.orderedAt && finding.observedAt.getTime(),
    // A click is of the episode that the person saw.
    approval: green ? undefined : finding.approval,
    expiresAt: green ? Math.floor(now.getTime() / 1000) + GREEN_KEPT_DAYS * 86_400 : undefined,
  };
  const said = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const names = [...said.map(([key]) => key), 'detail'];
  const gone = green ? ['statusReason', 'approval'] : ['statusReason', 'expiresAt'];
  const removed = gone.filter((name) => !names.includes(name));
  const order = orderOf(finding);
  return {
    // An episode begins where Red or Yellow follows Green or nothing: Green leaves the step that the next one adds.
    UpdateExpression: [
      `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ', #episode = if_not_exists(#episode, :zero)',
      green ? ', #step = :one' : ' + if_not_exists(#step, :one), #step = :zero',
      removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '',
    ].join(''),
    ConditionExpression: order.condition,
    ExpressionAttributeNames: {
      '#findingId': 'findingId',
      '#episode': 'episode',
      '#step': 'episodeStep',
      ...Object.fromEntries([...removed, ...names].map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...marshall(Object.fromEntries(said.map(([key, value]) => [`:${key}`, value]))),
      ':detail': detailOf(finding),
      ...order.values,
      ':one': { N: '1' },
      ':zero': { N: '0' },
    },
  };
}

/** Newer than what is stored; of the same moment, seen later; seen at the same time, worse. */
function orderOf({ status, orderedAt }: Finding) {
  const milder = MILDER[status];
  const worse =
    milder.length > 0 && `#resourceStatus IN (${milder.map((_, index) => `:milder${index}`).join(', ')})`;
  const tie = orderedAt
    ? `(#observedEpochMs < :observedEpochMs${worse ? ` OR (#observedEpochMs = :observedEpochMs AND ${worse})` : ''})`
    : worse;
  return {
    condition: [
      'attribute_not_exists(#findingId) OR #lastUpdatedEpochMs < :lastUpdatedEpochMs',
      tie && `(#lastUpdatedEpochMs = :lastUpdatedEpochMs AND ${tie})`,
    ]
      .filter(Boolean)
      .join(' OR '),
    values: Object.fromEntries(milder.map((each, index) => [`:milder${index}`, { S: each }])),
  };
}

/**
 * Adds a person's click to what is stored: while the finding is Red or Yellow, and has not changed since the click.
 * A click that comes twice, or after a newer one, changes nothing.
 */
export function approvalUpdateOf({ approval, status }: Finding) {
  if (approval === undefined || status === 'Green') return undefined;
  return {
    UpdateExpression: 'SET #approval = :approval',
    ConditionExpression: [
      '#resourceStatus IN (:red, :yellow)',
      '#lastUpdatedEpochMs <= :clicked',
      '(attribute_not_exists(#approval) OR #approval.#at < :at)',
    ].join(' AND '),
    ExpressionAttributeNames: {
      '#approval': 'approval',
      '#at': 'at',
      '#resourceStatus': 'resourceStatus',
      '#lastUpdatedEpochMs': 'lastUpdatedEpochMs',
    },
    ExpressionAttributeValues: marshall({
      ':approval': approval,
      ':red': 'Red',
      ':yellow': 'Yellow',
      ':clicked': Date.parse(approval.at),
      ':at': approval.at,
    }),
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
