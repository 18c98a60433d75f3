import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandsOf, pathOf } from '../../../cli/manual.ts';
import { createProgram } from '../../../cli/program.ts';
import { PAGE, readFragments } from '../../../cli/reference/read-fragments.ts';
import { renderPage } from '../../../cli/reference/render-page.ts';
import { ROOT } from '../../helpers/checkout.ts';

const program = createProgram();
const page = readFileSync(PAGE, 'utf8');
const anchors = [...page.matchAll(/^#{1,6} (.*)$/gm)].map(([, title = '']) =>
  title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-'),
);

describe('docs/cli.md', () => {
  it('says what the commands say (npm run docs:cli makes it anew)', () => {
    const made = renderPage(program, readFragments());
    expect(page === made, 'docs/cli.md is out of date: npm run docs:cli').toBe(true);
  });

  it('has a place for each command, once', () => {
    for (const command of commandsOf(program).filter(({ commands }) => commands.length === 0))
      expect(anchors).toContain(pathOf(command).replaceAll(' ', '-'));
    expect(anchors).toEqual([...new Set(anchors)]);
  });

  it('tells of each option that commands share', () => {
    const [intro = ''] = page.split('| | command | |');
    const shared = commandsOf(program).flatMap(({ options }) => options.filter(({ hidden }) => hidden));
    expect(shared.length).toBeGreaterThan(5);
    const places = ['--profile', '--region', '--endpoint-url', '--json', '--yes'];
    for (const flag of [...shared.map(({ long }) => String(long)), ...places])
      expect(intro).toContain(`\`${flag}\``);
  });

  it('has what it links to, and what other pages link to', () => {
    const docs = join(ROOT, 'docs');
    const others = [
      join(ROOT, 'README.md'),
      ...readdirSync(docs, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => join(docs, file)),
    ].flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bcli\.md#([\w-]+)/g)]);
    const own = [...page.matchAll(/\]\(#([\w-]+)\)/g)];
    expect(others.length).toBeGreaterThan(2);
    for (const [, anchor] of [...others, ...own]) expect(anchors).toContain(anchor);
  });
});

describe('renderPage', () => {
  const small = new Command('remediator');
  small.commandsGroup('Look:');
  small
    .command('peek')
    .summary('look at *')
    .description('Looks at a|b.')
    .argument('[file...]', 'what')
    .option('--deep <a|b>', 'how', 'a');

  it('writes what Markdown would take for something else as it is', () => {
    const made = renderPage(
      small,
      new Map([
        ['look', 'See [x](../x.md).'],
        ['peek', 'More.'],
      ]),
    );
    expect(made).toContain('| Look | [peek](#peek) | look at \\* |');
    expect(made).toContain('| `--deep <a\\|b>` | how (default `a`) |');
    expect(made).toContain('| `[file...]` | what |');
    expect(made).toMatch(/## Look\n\nSee \[x\]\(x\.md\)\.\n\n### peek\n\nLooks at a\\\|b\./);
    expect(made).toMatch(/More\.\n$/);
  });

  it('refuses a fragment that would be lost', () => {
    expect(() => renderPage(small, new Map([['peak', 'More.']]))).toThrow(/of no command: peak/);
  });
});
