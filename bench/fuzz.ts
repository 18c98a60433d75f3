// A million mutated events through every source, on all cores: none throws untyped, none is lost, none reaches a resource
// that it does not name. `npm run fuzz -- 100000` for fewer, `npm run fuzz -- 1 1234` for the one of a seed.
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { mutatedEvent } from '../test/fuzz/mutate.ts';
import { judge, type Outcomes } from '../test/fuzz/oracle.ts';

interface Task {
  readonly from: number;
  readonly count: number;
}

interface Result extends Outcomes {
  readonly faults: readonly { readonly seed: number; readonly what: string }[];
}

/** How many faults are shown. */
const SHOWN = 5;

if (isMainThread) await main();
else parentPort?.postMessage(run(workerData as Task));

async function main(): Promise<void> {
  const [count = 1_000_000, first = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number);
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(first))
    throw new TypeError('npm run fuzz -- [count [seed]], both whole numbers');
  const workers = Math.min(availableParallelism(), count);
  const share = Math.ceil(count / workers);
  const before = performance.now();
  const results = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      start({ from: first + index * share, count: Math.min(share, count - index * share) }),
    ),
  );
  const seconds = (performance.now() - before) / 1000;
  const sum = (key: keyof Outcomes) => results.reduce((total, each) => total + each[key], 0);
  const faults = results.flatMap((each) => each.faults);
  console.log(
    `${count.toLocaleString('en')} mutated events in ${seconds.toFixed(1)} s on ${workers} cores (${Math.round(count / seconds).toLocaleString('en')}/s), seeds from ${first}: ` +
      `${sum('findings').toLocaleString('en')} findings, ${sum('incomplete').toLocaleString('en')} incomplete, ${sum('notRecognised').toLocaleString('en')} not recognised, ${faults.length} faults.`,
  );
  for (const { seed, what } of faults.slice(0, SHOWN)) {
    const { name, event } = mutatedEvent(seed);
    console.error(`seed ${seed}, from ${name}: ${what}\n${JSON.stringify(event)}\n`);
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function start(task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: task }).once('message', resolve).once('error', reject);
  });
}

function run({ from, count }: Task): Result {
  const total: Outcomes = { findings: 0, incomplete: 0, notRecognised: 0 };
  const faults: { seed: number; what: string }[] = [];
  for (let seed = from; seed < from + count; seed++) {
    try {
      const outcomes = judge(mutatedEvent(seed).event);
      total.findings += outcomes.findings;
      total.incomplete += outcomes.incomplete;
      total.notRecognised += outcomes.notRecognised;
    } catch (error) {
      faults.push({ seed, what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return { ...total, faults };
}
