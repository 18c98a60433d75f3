import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openProgress } from '../../../cli/progress.ts';

/** A terminal, and a clock that is set by hand. */
function terminal({ isTTY = true } = {}) {
  const written: string[] = [];
  let ms = 0;
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
  stream.on('data', (chunk: Buffer) => written.push(String(chunk)));
  return {
    options: { stream, now: () => ms },
    pass: (more: number) => {
      ms += more;
    },
    text: () => stripVTControlCharacters(written.join('')),
    written,
  };
}

const half = () => ({ share: 0.5, text: '5 of 10 messages' });

describe('progress', () => {
  it('shows a bar, and what is done', async () => {
    const { options, pass, text } = terminal();
    using progress = await openProgress(options);
    pass(500);
    progress.show(half);
    expect(text()).toBe('████████████░░░░░░░░░░░░ 50 % 5 of 10 messages\n');
  });

  it('shows no bar where nobody knows how much there is', async () => {
    const { options, pass, text } = terminal();
    using progress = await openProgress(options);
    pass(500);
    progress.show(() => ({ share: undefined, text: '3 MB' }));
    expect(text()).toBe('3 MB\n');
  });

  it('says nothing of what is soon done, and of the rest now and then', async () => {
    const { options, pass, text, written } = terminal();
    using progress = await openProgress(options);
    pass(499);
    progress.show(half);
    expect(written).toEqual([]);
    pass(1);
    progress.show(half);
    const shown = text();
    pass(199);
    progress.show(() => ({ share: 1, text: 'all' }));
    expect(text()).toBe(shown);
    pass(1);
    progress.show(() => ({ share: 1, text: 'all' }));
    expect(text()).toContain('100 % all');
  });

  it('leaves nothing on the terminal', async () => {
    const { options, pass, written } = terminal();
    const progress = await openProgress(options);
    pass(500);
    progress.show(half);
    progress[Symbol.dispose]();
    expect(written.at(-1)).toContain('\u001b[2K');
  });

  it('writes nothing where there is no terminal, and asks for nothing to be written', async () => {
    const { options, pass, written } = terminal({ isTTY: false });
    using progress = await openProgress(options);
    pass(10_000);
    progress.show(() => {
      throw new Error('asked');
    });
    expect(written).toEqual([]);
  });
});
