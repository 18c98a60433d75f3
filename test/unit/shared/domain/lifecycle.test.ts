import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAllowed,
  isOver,
  isWaiting,
  outcomeOf,
  STATES,
  type State,
  statesBefore,
  TRANSITIONS,
  WAITING,
} from '../../../../shared/domain/lifecycle.ts';

const state = fc.constantFrom(...STATES);

describe('the transition table', () => {
  it('names only states that it has', () => {
    for (const next of Object.values(TRANSITIONS).flat()) expect(STATES).toContain(next);
  });

  it('no state follows itself, and nothing follows Resolved and Verified alone', () => {
    for (const each of STATES) expect(isAllowed(each, each)).toBe(false);
    expect(STATES.filter(isOver)).toEqual(['Verified', 'Resolved']);
  });

  it('from whatever is not over Resolved is one step away: a Green finding ends it', () => {
    for (const each of STATES.filter((one) => !isOver(one))) expect(isAllowed(each, 'Resolved')).toBe(true);
  });

  it('what waits may go on waiting for something else, and only that may be started', () => {
    for (const each of STATES) {
      expect(isAllowed(each, 'Starting')).toBe(isWaiting(each));
      for (const other of WAITING) {
        const expected = each !== other && (isWaiting(each) || each === 'Starting');
        expect(isAllowed(each, other)).toBe(expected);
      }
    }
  });

  it('Verified is the end of what was to be verified, and of nothing else', () => {
    expect(statesBefore('Verified')).toEqual(['Verifying']);
  });

  it('an execution that ended is never started anew in the same attempt', () => {
    for (const ended of ['Verifying', 'Verified', 'Failed', 'Rejected', 'Cancelled', 'Resolved'] as const) {
      expect(isAllowed(ended, 'Starting')).toBe(false);
      expect(isAllowed(ended, 'Running')).toBe(false);
    }
    expect(isAllowed('Running', 'Starting')).toBe(false);
  });

  it('statesBefore is the table read backwards (property)', () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        expect(statesBefore(to).includes(from)).toBe(isAllowed(from, to));
      }),
    );
  });

  it('no walk comes back to Running once it has left it (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10), { maxLength: 20 }), (choices) => {
        let at: State = 'Starting';
        let left = false;
        for (const choice of choices) {
          const next: readonly State[] = TRANSITIONS[at];
          if (next.length === 0) break;
          const chosen: State = next[choice % next.length] ?? at;
          if (at === 'Running') left = true;
          at = chosen;
          if (left) expect(at).not.toBe('Running');
        }
      }),
    );
  });
});

describe('outcomeOf', () => {
  it.each([
    ['Success', 'Succeeded'],
    ['CompletedWithSuccess', 'Succeeded'],
    ['Canceled', 'Cancelled'],
    ['Cancelled', 'Cancelled'],
    ['Failed', 'Failed'],
    ['TimedOut', 'Failed'],
    ['Rejected', 'Failed'],
    ['CompletedWithFailure', 'Failed'],
    ['ChangeCalendarOverrideRejected', 'Failed'],
    ['Exited', 'Failed'],
  ])('%s ends in %s', (status, outcome) => {
    expect(outcomeOf(status)).toBe(outcome);
  });

  it.each([
    'Pending',
    'InProgress',
    'Waiting',
    'Cancelling',
    'PendingApproval',
    'Approved',
    'Scheduled',
    'RunbookInProgress',
    'PendingChangeCalendarOverride',
    'ChangeCalendarOverrideApproved',
    'SomethingNew',
    '',
    'success',
    'constructor',
  ])('%j goes on', (status) => {
    expect(outcomeOf(status)).toBeUndefined();
  });
});
