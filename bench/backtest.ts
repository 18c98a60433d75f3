// Events a second, time of the processor for each, and the most memory, of `remediator backtest` over a file of a million
// events of every source with all packs. `npm run bench:backtest -- 100000` for fewer; `-- 1000000 200000000` with as many
// resources as there are events, so that each is a finding of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRecording } from './recording.ts';
import { spawnMeasured } from './spawn-measured.ts';

/** What the project promises. */
const LIMITS = { perSecond: 100_000, cpuMicroseconds: 20, bytes: 200_000_000 };
const ROOT = join(import.meta.dirname, '..');
const [events = 1_000_000, resources = 20_000] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(events) || !Number.isSafeInteger(resources))
  throw new TypeError('npm run bench:backtest -- [events [resources]], both whole numbers');

const folder = mkdtempSync(join(tmpdir(), 'remediator-backtest-'));
try {
  const file = join(folder, 'events.jsonl');
  const bytes = writeRecording(file, { events, resources, days: 30 });
  const mappings = join(ROOT, 'mappings');
  const args = [join(ROOT, 'cli', 'bin.mjs'), 'backtest', file, '--mappings', mappings, '--json'];
  const { seconds, cpuSeconds, mostBytes, stdout } = await spawnMeasured(process.execPath, args);
  const { read, findings } = JSON.parse(stdout) as { read: { events: number }; findings: number };
  if (read.events !== events) throw new Error(`It read ${read.events} events of ${events}`);
  const perSecond = Math.round(events / seconds);
  const cpuMicroseconds = (cpuSeconds * 1e6) / events;
  console.log(
    [
      `${events.toLocaleString('en')} events (${Math.round(bytes / 1e6)} MB, ${findings.toLocaleString('en')} times Red or Yellow) in ${seconds.toFixed(1)} s:`,
      `${perSecond.toLocaleString('en')} a second (promised on two free cores: ${LIMITS.perSecond.toLocaleString('en')}),`,
      `${cpuMicroseconds.toFixed(1)} µs of the processor each (${LIMITS.cpuMicroseconds}),`,
      `${Math.round(mostBytes / 1e6)} MB of memory at most (${LIMITS.bytes / 1e6}).`,
    ].join(' '),
  );
  // Where others take their share of the cores, only the processor's time says how fast it would be without them.
  const isFast = perSecond >= LIMITS.perSecond || cpuMicroseconds <= LIMITS.cpuMicroseconds;
  process.exitCode = isFast && mostBytes < LIMITS.bytes ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
