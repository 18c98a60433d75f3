import { setFlagsFromString } from 'node:v8';
import pc from 'picocolors';
import { systemClock } from '../../shared/aws/clock.ts';
import type { Clock } from '../../shared/ports.ts';
import { CliError } from '../cli-error.ts';
import { environment } from '../environment.ts';
import type { Origin } from '../explain/event-from.ts';
import { openProgress, type Step } from '../progress.ts';
import { onInterrupt } from '../runbook/on-interrupt.ts';
import { printable } from '../terminal.ts';
import { openUi, printJson, type Ui } from '../ui.ts';
import { assumptionsOf } from './assumptions.ts';
import { Backtest } from './backtest.ts';
import { BufferPool } from './buffer-pool.ts';
import { CHUNK_BYTES, type CutOptions } from './cut-lines.ts';
import { type Input, openInputs, type StandardInput } from './input.ts';
import { play } from './play.ts';
import { openReader, type Reader, startReader } from './reader.ts';
import { type Report, reportOf } from './report.ts';
import { refuseBroken, type SetSummary } from './set-summary.ts';
import { asLines, notLines } from './whole-documents.ts';

export interface BacktestCommandOptions {
  readonly mappings: string;
  readonly against?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly failOnNewStarts?: true;
  readonly json?: true;
}

/** What a run is given beside its options; tests have their own. */
export interface Surroundings extends CutOptions {
  readonly ui?: Ui;
  readonly standardInput?: StandardInput;
  readonly clock?: Pick<Clock, 'now'>;
  /** Whether other threads read. @default whether there is, or may be, much to read */
  readonly isLarge?: boolean;
  /** As asLines has it. */
  readonly wholeBytes?: number;
}

/** The account of an entry of PutEvents: it does not say, and any is as good. */
const SOME_ACCOUNT = '123456789012';
/** Until another thread has begun, this one has read so much. */
const SMALL_BYTES = 8 * 1024 * 1024;
/** Two cores are what a laptop and a build machine have; more threads would take more memory. */
const THREADS = 2;

/** @returns the exit code: 1 where lines could not be read, or where more starts and that was not to be */
export async function run(
  files: readonly string[],
  options: BacktestCommandOptions,
  surroundings: Surroundings = {},
): Promise<number> {
  const { ui = openUi(), standardInput, clock = systemClock, isLarge, wholeBytes, ...cut } = surroundings;
  if (options.failOnNewStarts && options.against === undefined)
    throw new CliError('USAGE', '--fail-on-new-starts needs --against: what the starts are new to');
  const inputs = await openInputs(files, standardInput);
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  const origin = { account: SOME_ACCOUNT, region, now: clock.now() };
  const { backtest, sets } = await playAll(inputs, { options, origin, cut, isLarge, wholeBytes });
  if (backtest.events === 0) throw nothingIn(files, backtest);
  const report = reportOf(backtest);
  for (const line of remarksOn(report)) ui.remark(line);
  const assumed = assumptionsOf(sets);
  if (options.json) printJson(ui, { ...report, assumed });
  else {
    const { reportLines } = await import('./view.ts');
    ui.print(
      [...reportLines(report), '', ...assumed.map((each) => pc.dim(`assumed: ${printable(each)}`))].join(
        '\n',
      ),
    );
  }
  const isRefused = options.failOnNewStarts && report.newlyStarted.length > 0;
  return isRefused || report.unreadable.count > 0 ? 1 : 0;
}

function sizeOf(inputs: readonly Input[]): number | undefined {
  return inputs.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
}

interface Playing {
  readonly options: BacktestCommandOptions;
  readonly origin: Origin;
  readonly cut: CutOptions;
  readonly isLarge: boolean | undefined;
  readonly wholeBytes: number | undefined;
}

interface Played {
  readonly backtest: Backtest;
  readonly sets: readonly SetSummary[];
}

async function playAll(inputs: readonly Input[], playing: Playing): Promise<Played> {
  const { options, origin, cut, wholeBytes } = playing;
  const size = sizeOf(inputs);
  const readers = await openReaders(size === undefined || size > SMALL_BYTES, playing);
  try {
    const [sets = []] = await Promise.all(readers.all.map((reader) => reader.load()));
    // What it is held against may have broken rows, as a table may.
    if (sets[0]) refuseBroken(sets[0]);
    const backtest = new Backtest({ sets, from: options.from?.getTime(), to: options.to?.getTime() });
    let read = 0;
    const begun = performance.now();
    const step = () => stepOf({ read, size, events: backtest.events, ms: performance.now() - begun });
    using progress = await openProgress();
    using _ = onInterrupt(() => {
      progress[Symbol.dispose]();
      process.exit(130);
    });
    const recordings = inputs.map(({ name, bytes }) => ({
      name,
      bytes: asLines(
        bytes((heard) => {
          read += heard;
        }),
        { name, origin, wholeBytes },
      ),
    }));
    const { all, pool } = readers;
    await play(backtest, recordings, { readers: all, counted: () => progress.show(step), ...cut, pool });
    return { backtest, sets };
  } finally {
    await Promise.all(readers.all.map((reader) => reader.close()));
  }
}

interface Pace {
  /** Bytes, read and in all. */
  readonly read: number;
  readonly size: number | undefined;
  readonly events: number;
  readonly ms: number;
}

function stepOf({ read, size, events, ms }: Pace): Step {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const of = size === undefined ? '' : ` of ${megabytes(size)}`;
  const rate = Math.round((events * 1000) / ms).toLocaleString('en');
  return {
    share: size === undefined ? undefined : Math.min(1, read / Math.max(size, 1)),
    text: `${megabytes(read)}${of}, ${events.toLocaleString('en')} events, ${rate} a second`,
  };
}

/**
 * What only lives for a moment has a space in each thread that V8 would let grow to 48 MB. It stays as it is in this
 * thread, and begins with 2 MB in those that read: with less they spend a third of their time on collecting garbage, with
 * more the process would not stay below 200 MB. It only has to be said before there is much of it, and before they begin.
 */
function setSpaces(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--min-semi-space-size=2');
}

async function openReaders(mayBeLarge: boolean, { options, origin, cut, isLarge = mayBeLarge }: Playing) {
  const { mappings, against } = options;
  const task = { paths: against === undefined ? [mappings] : [mappings, against], origin };
  const pool = new BufferPool(2 * (cut.chunkBytes ?? CHUNK_BYTES));
  if (isLarge) setSpaces();
  const all: readonly Reader[] = isLarge
    ? Array.from({ length: THREADS }, () => startReader(task, pool))
    : [await openReader(task, pool)];
  return { all, pool };
}

/** There is nothing to count: a file that is empty, or is something else. */
function nothingIn(files: readonly string[], { faults: [first], faultCount }: Backtest): CliError {
  if (first === undefined) return new CliError('NO_EVENT', `${files.join(', ')} holds no event: it is empty`);
  const others = faultCount > 1 ? `, and ${faultCount - 1} more lines` : '';
  return new CliError(
    'NO_EVENT',
    `${notLines(first.file).message}. Line ${first.line}: ${first.message}${others}`,
  );
}

/** What a person has to know who trusts in the numbers. */
function remarksOn({ unreadable, forgotten, stale, read, storms }: Report): readonly string[] {
  const count = (number: number) => number.toLocaleString('en');
  const remarks: string[] = [];
  const [first] = unreadable.first;
  if (first !== undefined) {
    const what = unreadable.count === 1 ? '1 event or line' : `${count(unreadable.count)} events or lines`;
    remarks.push(`${what} could not be read, the first at ${first.file}:${first.line}: ${first.message}`);
  }
  if (forgotten.green + forgotten.open > 0)
    remarks.push(
      `${count(forgotten.green + forgotten.open)} findings were forgotten to save memory, Green ones and those longest unseen first: ${count(forgotten.open)} that were not Green count anew if they come again.`,
    );
  if (forgotten.starts > 0)
    remarks.push(
      `Starts of ${count(forgotten.starts)} findings were forgotten: loops and cool-downs may miss them.`,
    );
  if (read.findings > 0 && stale / read.findings > MANY_STALE)
    remarks.push(
      `${count(stale)} of ${count(read.findings)} were copies, or older than what came before: where files are not in the order of time, sort them.`,
    );
  for (const { check, since } of storms.slice(0, MOST_STORMS))
    remarks.push(
      `The storm breaker of ${check} opens at ${since}: nothing of it starts from then on (nobody resumes it).`,
    );
  return remarks.map((remark) => pc.yellow(printable(remark).replaceAll('\n', ' ')));
}

const MANY_STALE = 0.2;
const MOST_STORMS = 5;
