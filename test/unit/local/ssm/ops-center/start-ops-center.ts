import { expect } from 'vitest';
import { EventBus } from '../../../../../local/events/bus.ts';
import type { JsonObject } from '../../../../../local/service.ts';
import { createOpsCenter } from '../../../../../local/ssm/ops-center/ops-center.ts';
import { TagStore } from '../../../../../local/ssm/tags/tag-store.ts';
import { countingIds, ManualClock } from '../../queues/manual-clock.ts';

export const ACCOUNT = '123456789012';
export const ROLE = `arn:aws:sts::${ACCOUNT}:assumed-role/remediator/x`;
export const CONTEXT = { region: 'us-west-2', accountId: ACCOUNT, principalArn: ROLE, requestId: 'r' };
export const NEW = { Title: '[TA] title', Description: 'text', Source: 'remediator' };

export const searchable = (Value: string) => ({ Type: 'SearchableString', Value });
export const dedup = (dedupString: string) => ({ '/aws/dedup': searchable(JSON.stringify({ dedupString })) });

/** OpsCenter on a bus, with shorthands for its operations. */
export function start(options: { limit?: number } = {}) {
  const clock = new ManualClock('2024-10-19T02:46:54.049Z');
  const ids = countingIds();
  const bus = new EventBus({ clock, ids: countingIds(), accountId: ACCOUNT, region: 'us-east-1' });
  const tags = new TagStore();
  const { operations } = createOpsCenter({ clock, ids, events: bus, tags, ...options });
  const call = (operation: string, input: JsonObject, context = CONTEXT) =>
    operations[operation]?.(input, context) as JsonObject;
  const create = (input: JsonObject = {}, context = CONTEXT) =>
    call('CreateOpsItem', { ...NEW, ...input }, context).OpsItemId as string;
  const get = (OpsItemId: string) => call('GetOpsItem', { OpsItemId }).OpsItem as JsonObject;
  const update = (OpsItemId: string, input: JsonObject, context = CONTEXT) =>
    call('UpdateOpsItem', { OpsItemId, ...input }, context);
  const describeItems = (input: JsonObject = {}) => call('DescribeOpsItems', input);
  const find = (Key: string, Operator: string, ...Values: string[]) =>
    (describeItems({ OpsItemFilters: [{ Key, Operator, Values }] }).OpsItemSummaries as JsonObject[]).map(
      (summary) => summary.OpsItemId,
    );
  return { clock, bus, tags, call, create, get, update, describeItems, find };
}

export const failsWith = (code: string, details: JsonObject = {}) =>
  expect.objectContaining({ code, details });
export const refuses = (...ParameterNames: string[]) =>
  failsWith('OpsItemInvalidParameterException', { ParameterNames });
