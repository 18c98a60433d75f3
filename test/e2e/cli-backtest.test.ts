import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeRecording } from '../../bench/recording.ts';
import { ROOT } from '../helpers/checkout.ts';
import { CLI, cli, ENVIRONMENT, folder, write } from '../helpers/cli.ts';
import { start } from '../helpers/process.ts';

const MAPPINGS = join(ROOT, 'mappings');
const backtest = (...args: readonly string[]) => cli(['backtest', ...args, '--mappings', MAPPINGS, '--json']);

describe('remediator backtest', () => {
  test('two threads count what one counts', async () => {
    const one = join(folder, 'one.jsonl');
    const half = join(folder, 'half.jsonl');
    // Larger than what this thread reads by itself; and a half of it, which is not.
    writeRecording(one, { events: 7000, resources: 300, days: 10 });
    const threads = await backtest(one);
    expect(threads).toMatchObject({ code: 0, stderr: '' });
    const report = JSON.parse(threads.stdout);
    expect(report).toMatchObject({ read: { lines: 7000, events: 7000 } });
    expect(report.counts.started).toBeGreaterThan(10);
    const again = await backtest(one);
    expect(again.stdout).toBe(threads.stdout);
    const lines = readFileSync(one, 'utf8').trimEnd().split('\n');
    writeFileSync(half, `${lines.slice(0, 3500).join('\n')}\n`);
    const to = JSON.parse(lines[3500] ?? '').time;
    const alone = JSON.parse((await backtest(half)).stdout);
    const whole = JSON.parse((await backtest(one, '--to', to)).stdout);
    expect(alone.counts).toEqual(whole.counts);
    expect(alone.days).toEqual(whole.days);
  });

  test('a thread refuses as this one does', async () => {
    const file = join(folder, 'large.jsonl');
    writeRecording(file, { events: 7000, resources: 10, days: 1 });
    const { code, stdout, stderr } = await cli([
      'backtest',
      file,
      '--mappings',
      write('broken.json', '{"checkName":"x"}'),
    ]);
    expect(stderr).toMatch(
      /^error: broken\.json: The mapping row "x" is broken: .*remediator mappings validate/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('one line of 30 MB without an end', async () => {
    const name = 'endless.jsonl';
    const stream = createWriteStream(join(folder, name));
    for (let megabyte = 0; megabyte < 30; megabyte += 1) stream.write('x'.repeat(1024 * 1024));
    await new Promise((resolve) => stream.end(resolve));
    const { code, stdout, stderr } = await backtest(name);
    expect(stderr).toContain('Line 1: it is longer than 2 MiB');
    expect([code, stdout]).toEqual([2, '']);
  });

  test('Ctrl-C ends it, with nothing half-written', async () => {
    const pipe = join(folder, 'pipe');
    const file = join(folder, 'begun.jsonl');
    writeRecording(file, { events: 1000, resources: 10, days: 1 });
    await using making = start('mkfifo', [pipe]);
    await making.ended;
    // It holds far less than the file: once all is written, reading has begun, and waits for more.
    const writing = `exec 3<>"${pipe}"; cat "${file}" >&3; echo ready; exec sleep 60`;
    await using writer = start('sh', ['-c', writing]);
    const command = `exec "${process.execPath}" "${CLI}" backtest - --mappings "${MAPPINGS}" --json <"${pipe}"`;
    await using running = start('sh', ['-c', command], { cwd: folder, env: ENVIRONMENT });
    await writer.firstLine;
    expect(await running.end('SIGINT')).toMatchObject({ code: 130, stdout: '' });
  });
});
