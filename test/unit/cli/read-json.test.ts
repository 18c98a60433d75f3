import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../cli/read-json.ts';
import { openFolder } from '../../helpers/folder.ts';

const folder = openFolder();
const read = (file: string) => readJson(file, 'an event');

describe('a file of JSON', () => {
  it.each([
    ['plain', '{"a":1}'],
    ['with a byte order mark', '\ufeff{"a":1}'],
  ])('%s is read', async (name, content) => {
    expect(await read(folder.write(name, content))).toEqual({ a: 1 });
  });

  const NAMES: readonly (readonly [string, string | Buffer, string, RegExp])[] = [
    ['empty', '', 'FILE_EMPTY', /empty: it has to be an event/],
    ['spaces', ' \n\t', 'FILE_EMPTY', /empty/],
    ['utf16', Buffer.from('\ufeff{"a":1}', 'utf16le'), 'NOT_TEXT', /UTF-8/],
    ['latin1', Buffer.from('{"a":"é"}', 'latin1'), 'NOT_TEXT', /UTF-8/],
    ['nul', '{}\0', 'NOT_TEXT', /UTF-8/],
    ['lines', '{"a":1}\n{oops\n{"a":2}', 'NOT_JSON', /line 2/],
    ['cut', '{"a":', 'NOT_JSON', /is not JSON/],
    ['deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'NOT_JSON', /200 levels deep/],
  ];
  it.each(NAMES)('%s: one line that names it', async (name, content, code, message) => {
    const file = folder.write(name, content);
    const error = await read(file).catch((each: unknown) => each);
    expect(error).toMatchObject({ code, exitCode: 2, message: expect.stringMatching(message) });
    expect(String(error)).toContain(file);
    expect(String(error)).not.toContain('\n');
  });

  it.each([
    ['missing', 'NO_FILE'],
    ['plain/below', 'NO_FILE'],
    ['.', 'NOT_A_FILE'],
    ['loop', 'NOT_READABLE'],
  ])('%s: %s', async (name, code) => {
    if (name === 'loop') symlinkSync('loop', join(folder.path, name));
    await expect(read(join(folder.path, name))).rejects.toMatchObject({ code });
  });

  it('that is a device, which may never end, is refused', async () => {
    await expect(read('/dev/zero')).rejects.toMatchObject({ code: 'NOT_A_FILE' });
  });

  it('of 200 MB is not even read', async () => {
    const file = folder.write('big', '[');
    truncateSync(file, 200_000_000);
    await expect(read(file)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  it('may be a pipe', async () => {
    const file = join(folder.path, 'pipe');
    const shell = (script: string) => once(spawn('sh', ['-c', script]), 'exit');
    await shell(`mkfifo '${file}'`);
    const written = shell(`printf '{"a":1}' > '${file}'`);
    expect(await read(file)).toEqual({ a: 1 });
    await written;
  });
});
