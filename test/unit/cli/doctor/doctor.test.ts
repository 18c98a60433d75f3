import { describe, expect, it } from 'vitest';
import { type Check, fail, pass, type Result, skip, warn } from '../../../../cli/doctor/check.ts';
import { checks } from '../../../../cli/doctor/checks/registry.ts';
import { diagnose } from '../../../../cli/doctor/doctor.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { deployed } from './doctor.fixture.ts';

const check = (id: string, ...results: Result[]): Check => ({
  ...{ id, group: 'Events', title: `title of ${id}` },
  run: async () => results,
});
const unknown: Result = { verdict: 'unknown', found: 'no idea', remedy: 'ask' };

async function run(some: readonly Check[], options = {}) {
  const ui = new FakeUi();
  const code = await diagnose(some, { ...deployed({}), ui }, options);
  return { code, ui, text: ui.printed.join('\n') };
}

describe('doctor', () => {
  it.each([
    ['all is well', 0, [pass('a')]],
    ['a warning is allowed', 0, [pass('a'), warn('b', 'do c')]],
    ['what the endpoint does not have is no fault', 0, [skip('a')]],
    ['something is wrong', 1, [pass('a'), fail('b', 'do c')]],
    ['what could not be found out is no pass', 1, [pass('a'), unknown]],
  ])('%s: exit code %i', async (_, code, results) => {
    expect((await run([check('x', ...results)])).code).toBe(code);
  });

  it('one line for each finding, what to do below it, groups, a summary', async () => {
    const { text } = await run([
      check('a', pass('good')),
      { ...check('b', fail('bad\nthing \u001b[31m', 'mend it')), group: 'Tables' },
    ]);
    expect(text).toBe(
      'Events\n  ✓ title of a: good\nTables\n  ✗ title of b: bad thing \ufffd[31m\n      mend it\n\n1 passed, 1 failed',
    );
  });

  it('--json', async () => {
    const { ui } = await run([check('a', warn('b', 'c'))], { json: true });
    expect(ui.json).toEqual({
      ...{ passed: 0, warnings: 1, failed: 0, unknown: 0, skipped: 0 },
      checks: [
        {
          id: 'a',
          group: 'Events',
          title: 'title of a',
          results: [{ verdict: 'warn', found: 'b', remedy: 'c' }],
        },
      ],
    });
  });

  it('every check has a name of its own', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});
