import { readFileSync } from 'node:fs';
import * as z from 'zod';
import {
  EVENT_SOURCE,
  type RemediationRow,
  STATE_CHANGE,
  type StateEvent,
} from '../../shared/domain/state-event.ts';
import { ACCOUNT, CHECK_NAME, GROUP_ARN, REGION, RUNBOOK } from './findings.ts';

/** A row that has just been claimed. */
export function aRow(changes: Partial<RemediationRow> = {}): RemediationRow {
  const state = changes.state ?? 'Starting';
  return {
    findingId: 'f'.repeat(64),
    attempt: '000002-001',
    state,
    stateReason: `MAPPED: ${RUNBOOK} is started.`,
    reasonCode: 'MAPPED',
    checkName: CHECK_NAME,
    resource: GROUP_ARN,
    account: ACCOUNT,
    region: REGION,
    enteredAt: { [state]: '2024-05-13T04:08:33.123Z' },
    ...changes,
  };
}

/** The event as a rule's target gets it. */
export function onTheBus({ detail, resources }: StateEvent): Record<string, unknown> {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': STATE_CHANGE,
    source: EVENT_SOURCE,
    account: ACCOUNT,
    time: `${detail.at.slice(0, 19)}Z`,
    region: REGION,
    resources,
    detail: JSON.parse(JSON.stringify(detail)),
  };
}

export const SCHEMA = JSON.parse(
  readFileSync(new URL('../../docs/events/remediation-state-change.schema.json', import.meta.url), 'utf8'),
);

const schema = z.fromJSONSchema(SCHEMA);

/** What is wrong with an event by its published schema; empty: nothing. */
export function faultsOf(event: unknown): readonly string[] {
  const { error } = schema.safeParse(event);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
