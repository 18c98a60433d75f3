import { describe, expect, it } from 'vitest';
import { decide } from '../../../../shared/domain/decide.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { EXECUTION_MODES, saferOf } from '../../../../shared/domain/execution-mode.ts';
import { aMapping, aRemediation, circumstances } from '../../../helpers/findings.ts';

const NOW = circumstances().now;
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const unreadable = new RemediatorError('TAGS_UNREADABLE', "The resource's tags could not be read: Timeout.");

describe('tags that cannot be read', () => {
  const since = (seconds: number, changes = {}) =>
    circumstances({
      tags: unreadable,
      current: aRemediation({
        state: 'Deferred',
        reasonCode: 'TAGS_UNREADABLE',
        reasonSince: inSeconds(-seconds).toISOString(),
        enteredAt: { Deferred: inSeconds(-86_400).toISOString() },
        ...changes,
      }),
    });

  it.each([
    [0, 'defer'],
    [599, 'defer'],
    [600, 'notify'],
    [86_400, 'notify'],
  ] as const)('for %i s: %s', (seconds, action) => {
    expect(decide(since(seconds))).toMatchObject({ action, reason: { code: 'TAGS_UNREADABLE' } });
  });

  it('what it waited for before does not count', () => {
    expect(decide(since(86_400, { reasonCode: 'WINDOW_CLOSED' })).action).toBe('defer');
  });

  it('once people have been told, a newer event tries again before they are told anew', () => {
    expect(decide(since(86_400, { state: 'Escalated' })).action).toBe('defer');
  });

  it('an error that no retry mends reaches people at once', () => {
    const tags = new RemediatorError('RUNBOOK_REFUSED', 'No.');
    expect(decide(circumstances({ tags }))).toMatchObject({
      action: 'notify',
      reason: { code: 'RUNBOOK_REFUSED', sentence: 'No.', remedy: tags.remedy },
    });
  });

  it.each([
    ['requiredTags', { requiredTags: ['a'] }, 'notify'],
    ['exemptTags', { exemptTags: ['a'] }, 'notify'],
    ['no tags', {}, 'start'],
  ] as const)('no ARN to ask by, and a mapping that asks for %s: %s', (_, row, action) => {
    const decision = decide(circumstances({ tags: undefined, mapping: aMapping(row) }));
    expect(decision.action).toBe(action);
    if (action === 'notify') expect(decision.reason.code).toBe('TAGS_UNREADABLE');
  });
});

describe("the resource's tag remediator:mode", () => {
  /** What each mode does by itself. */
  const ACTION = {
    automatic: 'start',
    approval: 'ask',
    dryRun: 'dryRun',
    notify: 'notify',
    off: 'suppress',
  } as const;

  it.each(EXECUTION_MODES.flatMap((mapped) => EXECUTION_MODES.map((tagged) => [mapped, tagged] as const)))(
    'mapping %s, tag %s: the safer of both',
    (mapped, tagged) => {
      const decision = decide(
        circumstances({
          mapping: aMapping({ executionMode: mapped }),
          tags: { 'remediator:mode': tagged },
        }),
      );
      // A mapping that only notifies asks for no tags: nothing is to be made safer.
      const safer = mapped === 'notify' ? mapped : saferOf(mapped, tagged);
      expect(decision.action).toBe(ACTION[safer]);
    },
  );

  it.each(['', 'on', 'Automatic', ' off', 'constructor'])('%j is no mode: people are told', (value) => {
    expect(decide(circumstances({ tags: { 'remediator:mode': value } }))).toMatchObject({
      action: 'notify',
      reason: {
        code: 'MODE_TAG',
        sentence: `The resource's tag remediator:mode asks for notify, since ${JSON.stringify(value)} is no mode.`,
      },
    });
  });
});
