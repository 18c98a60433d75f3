import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowed, isWaiting, STATES, type State } from '../../../../shared/domain/lifecycle.ts';
import { type RemediationRow, stateEventsOf } from '../../../../shared/domain/state-event.ts';
import { GROUP_ARN, RUNBOOK } from '../../../helpers/findings.ts';
import { aRow, faultsOf, onTheBus, SCHEMA } from '../../../helpers/state-events.ts';

const writtenAt = new Date('2024-05-13T04:08:34.000Z');
const opsItemId = 'oi-0123456789ab';

function told(before: RemediationRow | undefined, after: RemediationRow | undefined) {
  return stateEventsOf({ before, after, writtenAt });
}

const changes = (before: RemediationRow | undefined, after: RemediationRow | undefined) =>
  told(before, after).map(({ detail }) => [detail.from, detail.to]);

describe('stateEventsOf', () => {
  it('tells all that the row knows', () => {
    const before = aRow({ state: 'AwaitingApproval', opsItemId });
    const after = aRow({
      ...before,
      state: 'Running',
      enteredAt: { ...before.enteredAt, Running: '2024-05-13T04:09:00.001Z' },
      document: RUNBOOK,
      automationExecutionId: '333ba70b-2333-48db-b17e-a5e69c6f4d1c',
      approval: { by: 'arn:aws:sts::012345678901:assumed-role/Admin/jane' },
    });
    expect(told(before, after)).toEqual([
      {
        resources: [GROUP_ARN],
        detail: {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          findingId: before.findingId,
          attempt: '000002-001',
          episode: 2,
          checkName: before.checkName,
          resource: GROUP_ARN,
          account: before.account,
          region: before.region,
          from: 'AwaitingApproval',
          to: 'Running',
          reason: { code: 'MAPPED', sentence: `${RUNBOOK} is started.` },
          runbook: RUNBOOK,
          automationExecutionId: '333ba70b-2333-48db-b17e-a5e69c6f4d1c',
          opsItemId,
          approvedBy: 'arn:aws:sts::012345678901:assumed-role/Admin/jane',
          at: '2024-05-13T04:09:00.001Z',
        },
      },
    ]);
  });

  it('where the state did not change, there is no event', () => {
    const row = aRow({ state: 'Running' });
    expect(told(row, { ...row, automationExecutionId: '333ba70b-2333-48db-b17e-a5e69c6f4d1c' })).toEqual([]);
    const waiting = aRow({ state: 'Deferred', opsItemId });
    expect(told(waiting, { ...waiting, stateReason: 'RETRY: later.', reasonCode: 'RETRY' })).toEqual([]);
  });

  it('where a row expired, there is none', () => {
    expect(told(aRow({ state: 'Resolved' }), undefined)).toEqual([]);
  });

  it('an attempt that begins by waiting for people is told once it names their OpsItem, and once only', () => {
    const claimed = aRow({ state: 'AwaitingApproval' });
    const asked = { ...claimed, opsItemId };
    expect(told(undefined, claimed)).toEqual([]);
    expect(told(claimed, { ...claimed, stateReason: 'APPROVAL_NEEDED: again.' })).toEqual([]);
    expect(told(claimed, asked)).toMatchObject([
      { detail: { from: null, to: 'AwaitingApproval', opsItemId, at: claimed.enteredAt.AwaitingApproval } },
    ]);
    expect(told(asked, { ...asked, opsItemId: 'oi-ffffffffffff' })).toEqual([]);
  });

  it('where it moves on before that, both are told, in their order', () => {
    const claimed = aRow({ state: 'Escalated' });
    expect(
      changes(claimed, aRow({ enteredAt: { ...claimed.enteredAt, Starting: '2024-05-13T04:09:00.000Z' } })),
    ).toEqual([
      [null, 'Escalated'],
      ['Escalated', 'Starting'],
    ]);
  });

  it.each([
    ['Suppressed', 'no OpsItem is opened for it'],
    ['Starting', 'it does not wait for people'],
  ] as const)('an attempt that begins %s is told at once: %s', (state, _) => {
    expect(changes(undefined, aRow({ state }))).toEqual([[null, state]]);
  });

  it('a retry has the OpsItem of the attempt before it, and is told at once', () => {
    expect(changes(undefined, aRow({ state: 'Deferred', enteredAt: {}, opsItemId }))).toEqual([
      [null, 'Deferred'],
    ]);
  });

  it('a row that does not say when it entered its state: it was when it was written', () => {
    const [event] = told(undefined, aRow({ state: 'Suppressed', enteredAt: {} }));
    expect(event?.detail.at).toBe('2024-05-13T04:08:34.000Z');
  });

  it('a copy has the same id; another state, attempt, finding or time another', () => {
    const idOf = (row: Partial<RemediationRow>) => told(undefined, aRow(row))[0]?.detail.id;
    const ids = [
      idOf({}),
      idOf({ state: 'Suppressed' }),
      idOf({ attempt: '000002-002' }),
      idOf({ findingId: 'g' }),
      idOf({ enteredAt: { Starting: '2024-05-13T04:08:33.124Z' } }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(idOf({ stateReason: 'MAPPED: something else' })).toBe(ids[0]);
  });

  it('names no resource where it is no ARN', () => {
    const [event] = told(undefined, aRow({ resource: 'sg-0a1b2c3d4e5f67890' }));
    expect(event).toMatchObject({ resources: [], detail: { resource: 'sg-0a1b2c3d4e5f67890' } });
  });
});

describe('over a whole life', () => {
  const anyLife = fc
    .tuple(fc.constantFrom(...STATES), fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 8 }))
    .map(([first, steps]) => {
      const life: (RemediationRow | undefined)[] = [undefined, aRow({ state: first })];
      for (const [choice, named] of steps) {
        const row = life.at(-1) as RemediationRow;
        const next = STATES.filter((state) => isAllowed(row.state, state));
        const to: State =
          next.length === 0 || choice % 3 === 0 ? row.state : (next[choice % next.length] as State);
        const enteredAt =
          to === row.state
            ? row.enteredAt
            : { ...row.enteredAt, [to]: new Date(writtenAt.getTime() + life.length * 1000).toISOString() };
        life.push({ ...row, state: to, enteredAt, ...(named || isWaiting(to) ? { opsItemId } : {}) });
      }
      return life;
    });

  it('every state that the row came into is told once, in order, each from the one before', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const events = life.slice(1).flatMap((row, index) => told(life[index], row));
        const states = life.flatMap((row, index) =>
          row && row.state !== life[index - 1]?.state ? [row.state] : [],
        );
        const last = life.at(-1);
        const untold = last && !last.opsItemId && life.every((row) => !row || row.state === last.state);
        const expected = untold && isWaiting(last.state) && last.state !== 'Suppressed' ? [] : states;
        expect(events.map(({ detail }) => detail.to)).toEqual(expected);
        expect(events.map(({ detail }) => detail.from)).toEqual(
          [null, ...expected].slice(0, expected.length),
        );
        for (const event of events) expect(faultsOf(onTheBus(event))).toEqual([]);
      }),
    );
  });
});

describe('the published schema', () => {
  const [event] = told(undefined, aRow());
  const whole = onTheBus(event as NonNullable<typeof event>);
  const { detail } = whole as { detail: Record<string, unknown> };

  it('takes an event, and knows every state', () => {
    expect(faultsOf(whole)).toEqual([]);
    const { from, to } = SCHEMA.properties.detail.properties;
    expect(to.enum).toEqual(STATES);
    expect(from.enum).toEqual([null, ...STATES]);
  });

  it.each(Object.keys(detail))('demands detail.%s', (key) => {
    const { [key]: _, ...rest } = detail;
    expect(faultsOf({ ...whole, detail: rest })).not.toEqual([]);
  });

  it.each([
    { id: 'x' },
    { attempt: '1' },
    { episode: 1.5 },
    { account: '1' },
    { to: 'Mended' },
    { to: null },
    { reason: { code: 'MAPPED' } },
    { opsItemId: 1 },
    { at: '2024-05-13' },
    { anything: 'else' },
  ])('refuses %j', (wrong) => {
    expect(faultsOf({ ...whole, detail: { ...detail, ...wrong } })).not.toEqual([]);
  });

  it("refuses another's event", () => {
    expect(faultsOf({ ...whole, source: 'aws.ssm' })).not.toEqual([]);
    expect(faultsOf({ ...whole, resources: ['sg-1'] })).not.toEqual([]);
  });
});
