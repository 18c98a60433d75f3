import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openScreen } from '../../../cli/terminal.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A stream that keeps what is written, and is a terminal of so many columns or none. */
function stream(terminal?: { columns: number }) {
  const written: string[] = [];
  const writable = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  // What openScreen uses of a terminal's stream: write, isTTY and columns.
  const screen = openScreen(Object.assign(writable, { isTTY: terminal !== undefined, ...terminal }) as never);
  return { screen, text: () => written.join('') };
}

test('on a terminal a line takes the place of the one that was flashed', () => {
  const { screen, text } = stream({ columns: 60 });
  screen.flash('begun');
  screen.print('ended');
  screen.print('next');
  expect(text()).toBe('begun\r\u001b[Kended\nnext\n');
  expect(screen.columns).toBe(60);
});

test('a terminal that is too narrow for anything counts as 40 columns', () => {
  expect(stream({ columns: 10 }).screen.columns).toBe(40);
});

test('elsewhere a flashed line is printed only if nothing follows within a second', () => {
  const { screen, text } = stream();
  screen.flash('quick');
  vi.advanceTimersByTime(900);
  screen.print('ended');
  screen.flash('slow');
  vi.advanceTimersByTime(1100);
  expect(text()).toBe('ended\nslow\n');
  screen.print('ended');
  expect(text()).toBe('ended\nslow\nended\n');
  expect(screen.columns).toBe(120);
});
