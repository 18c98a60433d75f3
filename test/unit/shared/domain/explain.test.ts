import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BRAKES } from '../../../../shared/domain/brakes.ts';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import { decide } from '../../../../shared/domain/decide.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { EXECUTION_MODES } from '../../../../shared/domain/execution-mode.ts';
import { type Explanation, explain } from '../../../../shared/domain/explain.ts';
import { CHECK_ITSELF } from '../../../../shared/domain/finding.ts';
import { GATES } from '../../../../shared/domain/gates.ts';
import {
  aMapping,
  aRemediation,
  aRunbook,
  aTrackedFinding,
  CHECK_NAME,
  circumstances,
  GROUP_ID,
} from '../../../helpers/findings.ts';

const objecting = ({ gates, brakes }: Explanation) =>
  [...gates, ...brakes].filter(({ says }) => says === 'objects').map(({ name }) => name);

const NOW = circumstances().now;

/** The first, in which nothing stands in the way, four times as often as all others together. */
const mostly = <Value>(good: Value, ...others: readonly Value[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(good) }, { weight: 2, arbitrary: fc.constantFrom(...others) });

/** Circumstances in which everything may stand in the way, or not. */
const anything = fc
  .record({
    mapping: fc.record({
      executionMode: mostly<string>('automatic', ...EXECUTION_MODES),
      requiredTags: mostly([], ['auto=yes']),
      exemptTags: mostly([], ['keep']),
      regexPattern: mostly('(sg-\\w+)', 'vol-', '('),
      automationParameters: mostly('{"GroupId":["$resourceId"]}', '{"Group":["$resourceId"]}', '{'),
      accounts: mostly({}, { exclude: [aTrackedFinding().account] }),
      windows: mostly(undefined, [{ hours: '0 0 1 1 *', timeZone: 'UTC' }]),
      changeCalendars: mostly([], ['Freeze']),
      maxAttempts: mostly(3, 1),
      stopAfter: mostly(undefined, { findings: 1, withinMinutes: 5 }),
      coolDownSeconds: mostly(0, 3600),
    }),
    paused: mostly(false, true),
    finding: mostly({}, { resource: GROUP_ID }, { resource: CHECK_NAME, resourceType: CHECK_ITSELF }),
    tags: mostly<Circumstances['tags']>(
      {},
      { auto: 'yes' },
      { keep: '' },
      { 'remediator:mode': 'dryRun' },
      new RemediatorError('TAGS_UNREADABLE', 'x'),
    ),
    runbook: mostly<Circumstances['runbook']>(aRunbook(), new RemediatorError('RUNBOOK_NOT_FOUND', 'none')),
    calendars: mostly<Circumstances['calendars']>(
      { open: true },
      { open: false },
      new RemediatorError('CALENDAR_UNREADABLE', 'x'),
    ),
    reachable: mostly(true, false),
    excepted: mostly(false, true),
    throttled: mostly(false, true),
    attempt: mostly(1, 2, 4),
    history: mostly([], [aRemediation({ state: 'Resolved', succeededAt: NOW.toISOString() })]),
    guard: mostly(NO_GUARD, { ...NO_GUARD, storm: { openedAt: NOW.toISOString() } }),
  })
  .map(({ mapping, paused, finding, excepted, throttled, ...rest }): Circumstances => {
    const given = Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined));
    return circumstances({
      ...rest,
      mapping: aMapping(given, { checkName: '*', ...(paused ? { executionMode: 'off' } : {}) }),
      finding: aTrackedFinding(finding),
      exceptions: excepted ? [{ resource: 'regex:.', checkName: '*', owner: 'o', reason: 'r' }] : [],
      throttledUntil: throttled ? new Date(NOW.getTime() + 1000) : undefined,
    });
  });

describe('explain', () => {
  it('asks every gate and every brake by its name, in their order', () => {
    const { gates, brakes, decidedBy } = explain(circumstances());
    expect(gates.map(({ name }) => name)).toEqual(GATES.map(({ name }) => name));
    expect(brakes.map(({ name }) => name)).toEqual(BRAKES.map(({ name }) => name));
    expect(decidedBy).toEqual({ part: 'nothing objects' });
  });

  it('lists all that objects, not only the first', () => {
    const mapping = aMapping({ executionMode: 'notify', accounts: { exclude: [aTrackedFinding().account] } });
    const throttledUntil = new Date(NOW.getTime() + 1000);
    const explanation = explain(circumstances({ mapping, throttledUntil }));
    expect(objecting(explanation)).toEqual(['scope', 'executionMode notify', 'start rate']);
    expect(explanation.decision).toMatchObject({ reason: { code: 'OUT_OF_SCOPE' } });
  });

  it('shows match and parameters though nothing will be started', () => {
    const explanation = explain(
      circumstances({ mapping: aMapping({ automationStatus: false }), runbook: undefined, tags: undefined }),
    );
    expect(explanation).toMatchObject({
      match: { resourceId: GROUP_ID },
      parameters: { GroupId: [GROUP_ID] },
      decidedBy: { part: 'gate', name: 'executionMode notify' },
    });
  });

  it('says where it cannot tell, since it was not read', () => {
    const mapping = aMapping({ executionMode: 'off', requiredTags: ['a'], changeCalendars: ['Freeze'] });
    const { gates, brakes } = explain(circumstances({ mapping, tags: undefined, runbook: undefined }));
    const open = [...gates, ...brakes].filter(({ says }) => says === 'cannot tell').map(({ name }) => name);
    expect(open).toEqual([
      'tags readable',
      'exemptTags',
      'requiredTags',
      'remediator:mode',
      'changeCalendars',
    ]);
  });

  it('a resource without an ARN has no tags that could be read: the gates judge that', () => {
    const finding = aTrackedFinding({ resource: GROUP_ID });
    const mapping = aMapping({ requiredTags: ['a'] });
    expect(objecting(explain(circumstances({ finding, mapping, tags: undefined })))).toEqual([
      'requiredTags',
    ]);
  });

  it.each([undefined, new RemediatorError('MAPPING_INVALID', 'broken')])(
    'mapping %s: no gate is asked',
    (mapping) => {
      expect(explain(circumstances({ mapping }))).toMatchObject({
        gates: [],
        brakes: [],
        decidedBy: { part: 'mapping' },
      });
    },
  );

  it('the runbook does not take the parameters: the plan decides', () => {
    const mapping = aMapping({ automationParameters: '{"Group":["$resourceId"]}' });
    expect(explain(circumstances({ mapping }))).toMatchObject({
      parameters: { Group: [GROUP_ID] },
      refusal: { code: 'RUNBOOK_PARAMETER_UNKNOWN' },
      decidedBy: { part: 'plan' },
      decision: { action: 'notify', reason: { code: 'RUNBOOK_PARAMETER_UNKNOWN' } },
    });
  });

  it('agrees with decide(), whatever the circumstances: the first that objects is what decides', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anything, (given) => {
        const { gates, brakes, decision, decidedBy, refusal } = explain(given);
        expect(decision).toEqual(decide(given));
        seen.add(`${decidedBy.part} ${decidedBy.name ?? ''}`);
        const first = [...gates, ...(refusal ? [] : brakes)].find(({ says }) => says === 'objects');
        if (decidedBy.part === 'gate' || decidedBy.part === 'brake') {
          expect(first?.name).toBe(decidedBy.name);
          expect(first?.verdict).toEqual(decision);
        } else if (decidedBy.part === 'plan') expect(decision.reason.code).toBe(refusal?.code);
        else expect(decision.action).toBe('start');
      }),
      { numRuns: 600, seed: 4, endOnFailure: true },
    );
    expect(seen.size).toBeGreaterThan(12);
  });
});
