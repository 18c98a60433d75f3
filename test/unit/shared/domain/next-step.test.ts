import { describe, expect, it } from 'vitest';
import { STATES, type State } from '../../../../shared/domain/lifecycle.ts';
import { nextStep } from '../../../../shared/domain/next-step.ts';
import { attemptKey, type Remediation } from '../../../../shared/domain/remediation.ts';
import { aRemediation, aTrackedFinding } from '../../../helpers/findings.ts';

const SUCCEEDED = '2024-05-13T05:00:00.000Z';
const seen = (time: string, episode = 1) => aTrackedFinding({ observedAt: new Date(time), episode });
const OLDER = seen('2024-05-13T04:59:59.999Z');
const SAME = seen(SUCCEEDED);
const NEWER = seen('2024-05-13T05:00:00.001Z');
const row = (state: State, changes: Partial<Remediation> = {}) =>
  aRemediation({ state, succeededAt: SUCCEEDED, ...changes });

/** What a result older than the success asks for, and a newer one. */
const STEPS: Readonly<Record<State, readonly [string, string]>> = {
  Suppressed: ['decide', 'decide'],
  Escalated: ['decide', 'decide'],
  DryRun: ['decide', 'decide'],
  AwaitingApproval: ['decide', 'decide'],
  Deferred: ['decide', 'decide'],
  Starting: ['resume', 'resume'],
  Running: ['leave', 'leave'],
  Verifying: ['leave', 'still red'],
  Verified: ['leave', 'leave'],
  Failed: ['leave', 'leave'],
  Rejected: ['leave', 'leave'],
  Cancelled: ['leave', 'leave'],
  Resolved: ['leave', 'leave'],
};

describe('nextStep', () => {
  it('an episode without an attempt begins with its first', () => {
    expect(nextStep(NEWER, [])).toEqual({ step: 'begin', attempt: 1 });
    const before = STATES.map((state) => row(state));
    expect(nextStep(seen('2024-05-13T06:00:00Z', 2), before)).toEqual({ step: 'begin', attempt: 1 });
  });

  it.each(STATES)('%s, by an older, an equally old and a newer result', (state) => {
    const [older, newer] = STEPS[state];
    expect(nextStep(OLDER, [row(state)]).step).toBe(older);
    expect(nextStep(SAME, [row(state)]).step).toBe(older);
    expect(nextStep(NEWER, [row(state)]).step).toBe(newer);
  });

  it.each(['decide', 'resume', 'still red'])('%s names the row', (step) => {
    for (const state of STATES.filter((each) => STEPS[each][1] === step))
      expect(nextStep(NEWER, [row(state)])).toEqual({ step, remediation: row(state) });
  });

  it('what was resolved on the runbook’s word alone, and is Red in a newer result, begins anew', () => {
    const resolved = row('Resolved', { reasonCode: 'SUCCEEDED' });
    expect(nextStep(NEWER, [resolved])).toEqual({ step: 'begin', attempt: 2 });
    expect(nextStep(SAME, [resolved])).toEqual({ step: 'leave' });
    expect(nextStep(OLDER, [resolved])).toEqual({ step: 'leave' });
  });

  it.each(['PERSON_RESOLVED', 'FINDING_GREEN', 'SUPERSEDED'])(
    'resolved by %s: left in this episode',
    (code) => {
      expect(nextStep(NEWER, [row('Resolved', { reasonCode: code })])).toEqual({ step: 'leave' });
    },
  );

  it('the result for which the attempt was made says nothing about its success, however late it is seen', () => {
    const observedAt = NEWER.observedAt.toISOString();
    expect(nextStep(NEWER, [row('Verifying', { observedAt })])).toEqual({ step: 'leave' });
    expect(nextStep(NEWER, [row('Resolved', { reasonCode: 'SUCCEEDED', observedAt })])).toEqual({
      step: 'leave',
    });
  });

  it('the newest attempt of the episode counts', () => {
    const first = row('Failed');
    const second = row('Deferred', attemptKey(NEWER, 2));
    const later = row('Escalated', attemptKey({ ...NEWER, episode: 2 }));
    expect(nextStep(NEWER, [first, second, later])).toEqual({ step: 'decide', remediation: second });
  });
});
