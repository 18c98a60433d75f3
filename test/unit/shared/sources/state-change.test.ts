import { describe, expect, it } from 'vitest';
import { stateEventsOf } from '../../../../shared/domain/state-event.ts';
import { verificationFrom } from '../../../../shared/sources/state-change.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aRow, onTheBus } from '../../../helpers/state-events.ts';

/** Our own event, as a rule's target gets it. */
function anEvent(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const after = aRow({ state: 'Verifying' });
  const [event] = stateEventsOf({
    before: aRow({ state: 'Running' }),
    after,
    writtenAt: new Date('2024-05-13T04:09:00Z'),
  });
  if (!event) throw new Error('There is no event');
  const told = onTheBus(event);
  return { ...told, detail: { ...(told.detail as object), ...changes } };
}

describe('verificationFrom', () => {
  it('reads what state-events writes', () => {
    expect(verificationFrom(anEvent())).toEqual({
      findingId: 'f'.repeat(64),
      episode: 2,
      since: new Date('2024-05-13T04:08:33.123Z'),
    });
  });

  it.each([
    ['another state', { to: 'Verified' }],
    ['no finding', { findingId: undefined }],
    ['no ID', { findingId: '../x' }],
    ['no episode', { episode: 0 }],
    ['an episode that is no number', { episode: '2' }],
    ['no time', { at: 'yesterday' }],
  ])('%s: EVENT_INCOMPLETE', (_, changes) => {
    const error = errorOf(() => verificationFrom(anEvent(changes)));
    expect(error.code).toBe('EVENT_INCOMPLETE');
    expect(error.message).toContain(`detail.${Object.keys(changes)[0]}`);
  });

  it.each([null, undefined, 'x', {}])('%j: EVENT_INCOMPLETE', (event) => {
    expect(errorOf(() => verificationFrom(event)).code).toBe('EVENT_INCOMPLETE');
  });
});
