import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askOn } from '../../../cli/ui.ts';

async function answerTo(keys: string): Promise<{ answer: boolean; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough({ encoding: 'utf8' });
  const asked = askOn({ input, output }, 'Change it?');
  input.write(keys);
  return { answer: await asked, shown: output.read() };
}

describe('a question', () => {
  it.each([
    ['y\r', true],
    ['Yes\r', true],
    ['n\r', false],
    ['\r', false],
    ['yesterday\r', false],
  ])('%j is %s', async (keys, answer) => {
    expect(await answerTo(keys)).toMatchObject({
      answer,
      shown: expect.stringContaining('Change it? [y/N]'),
    });
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C after a y', 'y\u0003'],
  ])('%s is a no, and what follows stands on a line of its own', async (_, keys) => {
    const { answer, shown } = await answerTo(keys);
    expect(answer).toBe(false);
    expect(shown).toMatch(/\n$/);
  });
});
