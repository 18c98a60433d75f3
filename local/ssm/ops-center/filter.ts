import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { listIn } from './operational-data.ts';
import type { OperationalValue, OpsItem } from './ops-item.ts';

type Operator = 'Equal' | 'Contains' | 'GreaterThan' | 'LessThan';

interface FilterKey {
  readonly operators: readonly Operator[];
  /** What of an OpsItem is compared; any of them may match. */
  readonly read: (item: OpsItem) => readonly (string | Date | undefined)[];
  readonly maxLength?: number;
}

const EQUAL: readonly Operator[] = ['Equal'];
const TEXT: readonly Operator[] = ['Equal', 'Contains'];
const TIME: readonly Operator[] = ['GreaterThan', 'LessThan'];

/** What DescribeOpsItems documents as the longest title that `Equal` takes. */
const MAX_EQUAL_TITLE = 100;

const NEVER: FilterKey = { operators: TEXT, read: () => [] };

/** All keys of the API. Those of access and change requests and insights match no OpsItem here: there are none. */
const KEYS: Readonly<Record<string, FilterKey>> = {
  Status: { operators: EQUAL, read: (item) => [item.Status] },
  CreatedBy: { operators: TEXT, read: (item) => [item.CreatedBy] },
  LastModifiedBy: { operators: TEXT, read: (item) => [item.LastModifiedBy] },
  Source: { operators: TEXT, read: (item) => [item.Source] },
  Priority: { operators: EQUAL, read: (item) => [item.Priority?.toString()] },
  Title: { operators: TEXT, read: (item) => [item.Title] },
  OpsItemId: { operators: EQUAL, read: (item) => [item.OpsItemId] },
  CreatedTime: { operators: TIME, read: (item) => [item.CreatedTime] },
  LastModifiedTime: { operators: TIME, read: (item) => [item.LastModifiedTime] },
  ActualStartTime: { operators: TIME, read: (item) => [item.ActualStartTime] },
  ActualEndTime: { operators: TIME, read: (item) => [item.ActualEndTime] },
  PlannedStartTime: { operators: TIME, read: (item) => [item.PlannedStartTime] },
  PlannedEndTime: { operators: TIME, read: (item) => [item.PlannedEndTime] },
  OperationalData: {
    operators: EQUAL,
    read: (item) => searchable(item).map(([key, { Value }]) => pairOf(key, Value)),
  },
  OperationalDataKey: { operators: EQUAL, read: (item) => searchable(item).map(([key]) => key) },
  OperationalDataValue: { operators: TEXT, read: (item) => searchable(item).map(([, { Value }]) => Value) },
  ResourceId: { operators: TEXT, read: (item) => listIn(item.OperationalData, '/aws/resources', 'arn') },
  AutomationId: {
    operators: EQUAL,
    read: (item) => listIn(item.OperationalData, '/aws/automations', 'automationId'),
  },
  Category: { operators: EQUAL, read: (item) => [item.Category] },
  Severity: { operators: EQUAL, read: (item) => [item.Severity] },
  OpsItemType: { operators: EQUAL, read: (item) => [item.OpsItemType] },
  AccountId: { operators: EQUAL, read: (item) => [item.OpsItemArn.split(':')[4]] },
  InsightByType: NEVER,
  AccessRequestByRequesterArn: NEVER,
  AccessRequestByRequesterId: NEVER,
  AccessRequestByApproverArn: NEVER,
  AccessRequestByApproverId: NEVER,
  AccessRequestBySourceAccountId: NEVER,
  AccessRequestBySourceOpsItemId: NEVER,
  AccessRequestBySourceRegion: NEVER,
  AccessRequestByIsReplica: NEVER,
  AccessRequestByTargetResourceId: NEVER,
  ChangeRequestByRequesterArn: NEVER,
  ChangeRequestByRequesterName: NEVER,
  ChangeRequestByApproverArn: NEVER,
  ChangeRequestByApproverName: NEVER,
  ChangeRequestByTemplate: NEVER,
  ChangeRequestByTargetsResourceGroup: NEVER,
};

/**
 * Compiles one filter of DescribeOpsItems: any of its values may match.
 * @throws AwsError ValidationException
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeOpsItems.html
 */
export function compileFilter(filter: JsonObject): (item: OpsItem) => boolean {
  const { Key, Operator, Values } = filter;
  const key = typeof Key === 'string' && Object.hasOwn(KEYS, Key) ? KEYS[Key] : undefined;
  if (!key) throw invalid(`'${String(Key)}' is not a filter: use one of ${Object.keys(KEYS).join(', ')}`);
  const operator = key.operators.find((candidate) => candidate === Operator);
  if (!operator) {
    throw invalid(`Filter '${String(Key)}' takes ${key.operators.join(' or ')}, not '${String(Operator)}'`);
  }
  if (!Array.isArray(Values) || !Values.every((value) => typeof value === 'string')) {
    throw invalid(`Filter '${String(Key)}' needs a list of strings as Values`);
  }
  const tests = (Values as string[]).map((value) => compileValue(String(Key), operator, value));
  return (item) =>
    key.read(item).some((actual) => actual !== undefined && tests.some((test) => test(actual)));
}

function compileValue(key: string, operator: Operator, value: string): (actual: string | Date) => boolean {
  if (operator === 'GreaterThan' || operator === 'LessThan') {
    const time = Date.parse(value);
    if (Number.isNaN(time)) throw invalid(`Filter '${key}': '${value}' is not an ISO 8601 time`);
    const sign = operator === 'GreaterThan' ? 1 : -1;
    return (actual) => actual instanceof Date && sign * (actual.getTime() - time) > 0;
  }
  if (key === 'Title' && operator === 'Equal' && value.length > MAX_EQUAL_TITLE) {
    throw invalid(`Filter 'Title': the value is longer than ${MAX_EQUAL_TITLE} characters`);
  }
  if (key === 'OperationalData') {
    const wanted = readPair(value);
    return (actual) => actual === wanted;
  }
  if (operator === 'Contains') return (actual) => typeof actual === 'string' && actual.includes(value);
  if (key === 'Title')
    return (actual) => typeof actual === 'string' && actual.slice(0, MAX_EQUAL_TITLE) === value;
  return (actual) => actual === value;
}

/** Only data of the type SearchableString can be searched. */
export function searchable(item: OpsItem): [string, OperationalValue][] {
  return Object.entries(item.OperationalData).filter(([, { Type }]) => Type === 'SearchableString');
}

function readPair(json: string): string {
  let pair: unknown;
  try {
    pair = JSON.parse(json);
  } catch (error) {
    throw invalid(`Filter 'OperationalData' needs {"key":"…","value":"…"}`, error);
  }
  const { key, value } = (typeof pair === 'object' && pair !== null ? pair : {}) as JsonObject;
  if (typeof key !== 'string' || typeof value !== 'string') {
    throw invalid(`Filter 'OperationalData' needs {"key":"…","value":"…"}`);
  }
  return pairOf(key, value);
}

function pairOf(key: string, value: string): string {
  return JSON.stringify([key, value]);
}

function invalid(message: string, cause?: unknown): AwsError {
  return new AwsError('ValidationException', message, { cause });
}
