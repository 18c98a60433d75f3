import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BRAKES } from '../../../../shared/domain/brakes.ts';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { Circumstances } from '../../../../shared/domain/circumstances.ts';
import { decide } from '../../../../shared/domain/decide.ts';
import type { Decision } from '../../../../shared/domain/decision.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { GATES } from '../../../../shared/domain/gates.ts';
import { aMapping, circumstances } from '../../../helpers/findings.ts';
import { CASES as BRAKE_CASES } from './brake-cases.ts';
import { CASES as GATE_CASES } from './gate-cases.ts';

interface Line {
  readonly name: string;
  readonly code: string;
  readonly says: string;
  readonly then: string;
  readonly remedy: string;
}

const text = readFileSync(new URL('../../../../docs/guards.md', import.meta.url), 'utf8');

/** The table under a heading of docs/guards.md. */
function tableOf(heading: string): Line[] {
  const section = text.split(/^## /m).find((each) => each.startsWith(heading)) ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  return rows.map((row) => {
    const [name = '', code = '', says = '', then = '', remedy = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { name, code, says, then, remedy };
  });
}

/** What the tables above leave out: a guard's further codes. */
const MORE: readonly (readonly [string, Partial<Circumstances>])[] = [
  ['requiredTags', { mapping: aMapping({ requiredTags: ['a'] }), tags: undefined }],
  [
    'changeCalendars',
    {
      mapping: aMapping({ changeCalendars: ['c'] }),
      calendars: new RemediatorError('CALENDAR_UNREADABLE', 'It could not be read.'),
    },
  ],
  [
    'windows',
    // Nothing but a row that was written before windows were checked has such a window.
    { mapping: { ...aMapping(), windows: [{ hours: '0 0 30 2 *', timeZone: 'UTC' }] } },
  ],
  ['limits', limited({ maxPerHour: 1 }, { starts: { other: circumstances().now.toISOString() } })],
  [
    'limits',
    limited(
      { failureBreaker: { failures: 1, withinMinutes: 1 } },
      { breaker: { openedAt: circumstances().now.toISOString() } },
    ),
  ],
  [
    'limits',
    limited(
      { stopAfter: { findings: 1, withinMinutes: 1 } },
      { storm: { openedAt: circumstances().now.toISOString() } },
    ),
  ],
];

function limited(row: object, guard: Partial<Circumstances['guard']>): Partial<Circumstances> {
  return { mapping: aMapping({ ...row }), guard: { ...NO_GUARD, ...guard } };
}

/** `…` in the page stands for anything. */
function matches(pattern: string, sentence: string): boolean {
  const escaped = pattern.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 's').test(sentence);
}

/** The first words of the page for what is done. */
const THEN: Readonly<Record<Exclude<Decision['action'], 'start'>, string>> = {
  suppress: 'left alone',
  notify: 'OpsItem',
  defer: 'waits',
  ask: 'asks',
  dryRun: 'written down',
};

const gates = tableOf('Gates');
const brakes = tableOf('Brakes');
const verdicts = [
  ...GATE_CASES.map(({ gate, changes }) => [gate, decide(circumstances(changes))] as const),
  ...BRAKE_CASES.map(({ brake, changes }) => [brake, decide(circumstances(changes))] as const),
  ...MORE.map(([name, changes]) => [name, decide(circumstances(changes))] as const),
];

describe('docs/guards.md', () => {
  it('has every gate and every brake in the order in which they are asked, and nothing else', () => {
    const namesOf = (lines: readonly Line[]) => [...new Set(lines.map(({ name }) => name))];
    expect(namesOf(gates)).toEqual(GATES.map(({ name }) => name));
    expect(namesOf(brakes)).toEqual(BRAKES.map(({ name }) => name));
  });

  it.each(verdicts)('%s: the very words that people are given', (name, { action, reason }) => {
    const lines = [...gates, ...brakes].filter((line) => line.name === name && line.code === reason.code);
    const line = lines.find(({ says }) => matches(says, reason.sentence));
    expect(line, reason.sentence).toBeDefined();
    expect(line?.then.startsWith(action === 'start' ? 'never' : THEN[action]), line?.then).toBe(true);
    expect(matches(line?.remedy ?? '', reason.remedy ?? '–'), reason.remedy).toBe(true);
  });

  it('has no line that is not tried', () => {
    const tried = verdicts.map(([name, { reason }]) => `${name} ${reason.code}`);
    for (const { name, code } of [...gates, ...brakes]) expect(tried).toContain(`${name} ${code}`);
  });
});
