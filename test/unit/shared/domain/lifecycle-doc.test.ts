import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isOver, STATES, TRANSITIONS, WAITING } from '../../../../shared/domain/lifecycle.ts';
import { STATE_OF } from '../../../../shared/use-cases/carry-out.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const page = read('docs/lifecycle.md');
const diagram = page.match(/```mermaid\n(.+?)```/s)?.[1] ?? '';

/** `A --> B`, as the page draws them, in its order. */
const arrows = [...diagram.matchAll(/^ +(\S+) --> (\S+)$/gm)].map(
  ([, from = '', to = '']) => [from, to] as const,
);
/** The states that the diagram puts into `Waiting`. */
const inWaiting =
  diagram
    .match(/state Waiting \{(.+?)\}/s)?.[1]
    ?.trim()
    .split(/\s+/) ?? [];
const expanded = (name: string) => (name === 'Waiting' ? inWaiting : [name]);
const drawn = new Set(
  arrows.flatMap(([from, to]) =>
    expanded(from).flatMap((a) => expanded(to).flatMap((b) => (a === b ? [] : [`${a} ${b}`]))),
  ),
);

/** The rows of the table under a heading, as cells. */
function tableOf(heading: string): string[][] {
  const section = page.split(/^## /m).find((each) => each.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/lifecycle.md', () => {
  it('draws every transition that the table allows, and none that it does not', () => {
    const allowed = STATES.flatMap((from) => TRANSITIONS[from].map((to) => `${from} ${to}`));
    const inside = [...drawn].filter((arrow) => !arrow.includes('[*]'));
    expect(inside.sort()).toEqual(allowed.sort());
  });

  it('draws as waiting what waits', () => {
    expect(inWaiting).toEqual(WAITING);
  });

  it('begins where a decision leaves an attempt, and ends in what is over', () => {
    const begins = [...drawn].filter((arrow) => arrow.startsWith('[*] ')).map((arrow) => arrow.slice(4));
    expect(begins.sort()).toEqual([...new Set(Object.values(STATE_OF))].sort());
    const ends = [...drawn].filter((arrow) => arrow.endsWith(' [*]')).map((arrow) => arrow.slice(0, -4));
    expect(ends.sort()).toEqual(STATES.filter(isOver).sort());
  });

  it('explains every state, in their order', () => {
    expect(tableOf('States').map(([state]) => state)).toEqual(STATES);
    for (const [state, what] of tableOf('States')) expect(what, state).toMatch(/\S/);
  });

  it('says of every arrow what moves it', () => {
    const moved = tableOf('What moves it');
    expect(moved.map(([from, to]) => [from, to])).toEqual(arrows.filter(([, to]) => to !== '[*]'));
    for (const [, , by, reason] of moved)
      expect([by, reason]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
  });
});

describe('the reasons of decisions and ends', () => {
  const codes = new Set(
    ['shared/domain/', 'shared/use-cases/'].flatMap((folder) =>
      readdirSync(new URL(folder, root)).flatMap((name) =>
        [...read(`${folder}${name}`).matchAll(/\b(?:reasonCode|code): '([A-Z_]+)'/g)].map(
          ([, code = '']) => code,
        ),
      ),
    ),
  );
  const pages = `${page} ${read('docs/guards.md')} ${read('docs/errors.md')}`;

  it('are found at all', () => {
    expect([...codes]).toEqual(expect.arrayContaining(['PAUSED', 'SUCCEEDED', 'APPROVAL_EXPIRED']));
  });

  it.each([...codes])('%s is on a page', (code) => {
    expect(pages).toMatch(new RegExp(`\\b${code}\\b`));
  });
});
