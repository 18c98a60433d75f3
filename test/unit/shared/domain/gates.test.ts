import { describe, expect, it } from 'vitest';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import { decide } from '../../../../shared/domain/decide.ts';
import type { Verdict } from '../../../../shared/domain/decision.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { CHECK_ITSELF } from '../../../../shared/domain/finding.ts';
import { GATES } from '../../../../shared/domain/gates.ts';
import {
  aMapping,
  aTrackedFinding,
  circumstances,
  GROUP_ARN,
  REGION,
  RUNBOOK,
} from '../../../helpers/findings.ts';

const NOW = circumstances().now;
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const exception = {
  resource: GROUP_ARN,
  checkName: '*',
  owner: 'team',
  reason: 'load test',
  expiresAt: inSeconds(60).getTime() / 1000,
};
const unreadable = new RemediatorError('TAGS_UNREADABLE', "The resource's tags could not be read: Timeout.");

interface Case {
  readonly gate: string;
  readonly changes: Partial<Circumstances>;
  readonly verdict: Partial<Verdict> & { readonly code: string; readonly until?: Date };
  /** The nearest that lets it pass. */
  readonly passes: Partial<Circumstances>;
}

const CASES: readonly Case[] = [
  {
    gate: 'exceptions',
    changes: { exceptions: [exception] },
    verdict: { action: 'suppress', code: 'EXCEPTED', until: inSeconds(60) },
    passes: { exceptions: [exception], now: inSeconds(60) },
  },
  {
    gate: 'pause',
    changes: { mapping: aMapping({}, { checkName: '*', executionMode: 'off' }) },
    verdict: { action: 'defer', code: 'PAUSED', until: inSeconds(60) },
    passes: { mapping: aMapping({}, { checkName: '*', executionMode: 'automatic' }) },
  },
  {
    gate: 'executionMode off',
    changes: { mapping: aMapping({ executionMode: 'off' }) },
    verdict: { action: 'suppress', code: 'MODE_OFF' },
    passes: { mapping: aMapping({ executionMode: 'automatic' }) },
  },
  {
    gate: 'resource',
    changes: { finding: aTrackedFinding({ resourceType: CHECK_ITSELF }) },
    verdict: { action: 'notify', code: 'RESOURCE_UNKNOWN' },
    passes: { finding: aTrackedFinding({ resourceType: 'unknown' }) },
  },
  {
    gate: 'scope',
    changes: { mapping: aMapping({ regions: { exclude: [REGION] } }) },
    verdict: { action: 'notify', code: 'OUT_OF_SCOPE' },
    passes: { mapping: aMapping({ regions: { include: [REGION] } }) },
  },
  {
    gate: 'executionMode notify',
    changes: { mapping: aMapping({ automationStatus: false }) },
    verdict: { action: 'notify', code: 'MAPPING_DISABLED' },
    passes: { mapping: aMapping({ automationStatus: true }) },
  },
  {
    gate: 'account',
    changes: { reachable: false },
    verdict: { action: 'notify', code: 'ACCOUNT_NOT_REACHABLE' },
    passes: { reachable: true },
  },
  {
    gate: 'tags readable',
    changes: { tags: unreadable },
    verdict: { action: 'defer', code: 'TAGS_UNREADABLE', until: inSeconds(60) },
    passes: { tags: undefined },
  },
  {
    gate: 'exemptTags',
    changes: { mapping: aMapping({ exemptTags: ['a=1', 'b'] }), tags: { b: '' } },
    verdict: { action: 'suppress', code: 'EXEMPT' },
    passes: { mapping: aMapping({ exemptTags: ['a=1', 'b'] }), tags: { a: '2', B: '' } },
  },
  {
    gate: 'requiredTags',
    changes: { mapping: aMapping({ requiredTags: ['a=1', 'b'] }), tags: { a: '1' } },
    verdict: { action: 'notify', code: 'REQUIRED_TAG_MISSING' },
    passes: { mapping: aMapping({ requiredTags: ['a=1', 'b'] }), tags: { a: '1', b: '' } },
  },
  {
    gate: 'remediator:mode',
    changes: { tags: { 'remediator:mode': 'notify' } },
    verdict: { action: 'notify', code: 'MODE_TAG' },
    passes: { tags: { 'remediator:mode': 'automatic' } },
  },
];

describe('GATES', () => {
  it('are tried below, each of them, in this order', () => {
    expect(CASES.map(({ gate }) => gate)).toEqual(GATES.map(({ name }) => name));
  });

  it.each(CASES)('$gate: objects with $verdict.code, and with nothing else', ({ changes, verdict, gate }) => {
    const { code, ...rest } = verdict;
    const decision = decide(circumstances(changes));
    expect(decision).toMatchObject({ ...rest, reason: { code } });
    expect('until' in decision).toBe('until' in verdict);
    expect(decision.parameters).toBeUndefined();
    expect(decision.guard).toBeUndefined();
    const { mapping = aMapping() } = circumstances(changes);
    if (mapping instanceof RemediatorError) throw mapping;
    const objecting = GATES.filter(({ judge }) => judge(circumstances(changes), mapping)).map(
      ({ name }) => name,
    );
    expect(objecting[0]).toBe(gate);
  });

  it.each(CASES)('$gate: lets the nearest that it allows pass', ({ passes }) => {
    expect(decide(circumstances(passes)).action).toBe('start');
  });

  it.each(CASES.filter(({ verdict }) => verdict.action === 'notify'))(
    '$gate: names the runbook, and what a person can do',
    ({ changes }) => {
      expect(decide(circumstances(changes))).toMatchObject({
        runbook: RUNBOOK,
        reason: { sentence: expect.stringMatching(/\.$/), remedy: expect.stringMatching(/^[A-Z].+\.$/) },
      });
    },
  );

  it('of two that object the earlier one decides: what is excepted is left alone in a pause, too', () => {
    for (const [index, first] of CASES.entries())
      for (const second of CASES.slice(index + 1)) {
        const both = { ...circumstances(second.changes), ...first.changes };
        if (first.changes.mapping && second.changes.mapping) continue;
        if (first.changes.tags && second.changes.tags) continue;
        expect(decide(both).reason.code, `${first.gate}, ${second.gate}`).toBe(first.verdict.code);
      }
  });

  it('need nothing that is read only where something may be started', () => {
    const bare = { tags: undefined, runbook: undefined, calendars: undefined } as const;
    for (const { changes, verdict } of CASES.slice(0, 7))
      expect(decide(circumstances({ ...bare, ...changes })).reason.code).toBe(verdict.code);
  });
});

describe('an exception', () => {
  it('without an end is looked at again with the next event only', () => {
    const decision = decide(circumstances({ exceptions: [{ ...exception, expiresAt: undefined }] }));
    expect(decision).toMatchObject({ action: 'suppress', reason: { code: 'EXCEPTED' } });
    expect(decision).not.toHaveProperty('until');
    expect(decision.reason.sentence).toBe('Excepted by team without an end: load test');
  });

  it('says who answers for it, until when, and why', () => {
    expect(decide(circumstances({ exceptions: [exception] })).reason.sentence).toBe(
      `Excepted by team until ${inSeconds(60).toISOString()}: load test`,
    );
  });
});
