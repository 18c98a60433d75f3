import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../../../../local/clock.ts';
import { executeScript } from '../../../../../../local/ssm/automation/actions/execute-script.ts';
import { actionStack, eventually, firstStep, type StackOptions } from './support.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'script-test-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Real time, but for the sleepers: they sleep until they are told that their time has come. */
function heldClock(): Clock & { elapse(ms: number): void } {
  const sleepers: { readonly ms: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ ms, wake: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
    elapse: (ms) => {
      for (const sleeper of sleepers) if (sleeper.ms === ms) sleeper.wake();
    },
  };
}

const stackOf = (options: StackOptions = {}) => actionStack({}, { clock: systemClock, ...options });
const step = (lines: readonly string[], inputs: object = {}, more: object = {}) => ({
  action: 'aws:executeScript',
  inputs: { Runtime: 'python3.11', Handler: 'script_handler', Script: lines.join('\n'), ...inputs },
  ...more,
});

const TELL = [
  'import os, sys, time, subprocess',
  'def tell(name, value):',
  '    path = os.path.join(DIRECTORY, name)',
  '    with open(path + ".part", "w") as file: file.write(str(value))',
  '    os.rename(path + ".part", path)',
  'def child(name, **options):',
  '    code = "import os,time; time.sleep(600)"',
  '    tell(name, subprocess.Popen([sys.executable, "-c", code], **options).pid)',
  'def script_handler(events, context):',
];
const telling = (...lines: string[]) => [`DIRECTORY = ${JSON.stringify(directory)}`, ...TELL, ...lines];
const idIn = (name: string) => Number(readFileSync(join(directory, name), 'utf8'));
const told = (name: string) => eventually(() => existsSync(join(directory, name)));

/** Zombies that nobody has waited for yet count as gone. */
function isAlive(id: number): boolean {
  try {
    if (process.platform === 'linux') return !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** Only Linux shows whose descendant a process is that has left its group. */
const onLinux = process.platform === 'linux';

const workspaces = () => readdirSync(tmpdir()).filter((name) => name.startsWith('automation-script-'));

describe('a script that goes too far', () => {
  it.each([
    [undefined, 600],
    [3600, 600],
    [45, 45],
  ])('is killed at its time limit (timeoutSeconds %s)', async (timeoutSeconds, seconds) => {
    const clock = heldClock();
    const name = `endless-${timeoutSeconds}`;
    const { start, show, automation } = stackOf({ clock });
    const before = workspaces();
    const id = await start([
      step(
        telling(`    tell("${name}", os.getpid())`, '    while True: pass'),
        {},
        timeoutSeconds ? { timeoutSeconds } : {},
      ),
    ]);
    await told(name);
    expect(isAlive(idIn(name))).toBe(true);
    clock.elapse(seconds * 1000);
    await automation.idle();
    const shown = firstStep(await show(id));
    expect(shown.FailureMessage).toContain(`did not end within ${seconds} seconds`);
    await eventually(() => !isAlive(idIn(name)));
    await eventually(() => workspaces().every((each) => before.includes(each)));
  });

  it('is killed with all its children when it is cancelled', async () => {
    const { start, show, automation, cancel } = stackOf();
    const id = await start([
      step(
        telling(
          '    child("in-group")',
          '    child("own-session", start_new_session=True)',
          '    tell("ready", os.getpid())',
          '    time.sleep(600)',
        ),
      ),
    ]);
    await told('ready');
    await cancel(id);
    await automation.idle();
    expect((await show(id)).AutomationExecutionStatus).toBe('Cancelled');
    for (const name of ['ready', 'in-group', ...(onLinux ? ['own-session'] : [])]) {
      await eventually(() => !isAlive(idIn(name)));
    }
  });

  it('leaves no children behind when it returns', async () => {
    const { run } = stackOf();
    const shown = await run(
      step(
        telling(
          '    child("left")',
          '    child("left-session", start_new_session=True, stdout=subprocess.DEVNULL)',
          '    import threading',
          '    threading.Thread(target=lambda: time.sleep(600)).start()',
          '    return "done"',
        ),
      ),
    );
    expect(shown.Outputs?.Payload).toEqual(['done']);
    for (const name of ['left', ...(onLinux ? ['left-session'] : [])])
      await eventually(() => !isAlive(idIn(name)));
  });

  it.skipIf(!onLinux)('is killed where it forks and forks', async () => {
    const { start, automation, cancel } = stackOf();
    const id = await start([
      step(
        telling(
          '    for depth in range(4):',
          '        if os.fork() == 0: os.setsid()',
          '    tell(f"fork-{os.getpid()}", os.getpid())',
          '    time.sleep(600)',
        ),
      ),
    ]);
    const forks = () => readdirSync(directory).filter((name) => /^fork-\d+$/.test(name));
    await eventually(() => forks().length === 16);
    await cancel(id);
    await automation.idle();
    for (const name of forks()) await eventually(() => !isAlive(idIn(name)));
  });

  it('has its output cut', async () => {
    const { run } = stackOf();
    const shown = await run(
      step(['def script_handler(e, c):', '    print("x" * 3_000_000)', '    return "done"']),
    );
    expect(shown.Outputs?.Payload).toEqual(['done']);
    const [log = ''] = shown.Outputs?.ExecutionLog ?? [];
    expect(log.length).toBeLessThan(33_000);
    expect(log).toContain('[output truncated: 2967233 more bytes]');
  });

  it('fails where it prints without end', async () => {
    const { run } = stackOf();
    const shown = await run(step(['def script_handler(e, c):', '    while True: print("x" * 100_000)']));
    expect(shown.FailureMessage).toContain('The script printed more than 10 MB');
    expect(shown.Outputs?.ExecutionLog?.[0]?.length).toBeLessThan(33_000);
  });

  it.each(['"x" * 102_400', '"\\u00e9" * 60_000', '["x" * 20_000_000]'])(
    'fails where it returns %s',
    async (value) => {
      const { run } = stackOf();
      const shown = await run(step(['def script_handler(e, c):', `    return ${value}`]));
      expect(shown.FailureMessage).toContain('The script returned more than 100 KB');
    },
  );

  it('can return 100 KB', async () => {
    const { run } = stackOf();
    const shown = await run(step(['def script_handler(e, c):', '    return "x" * 102_398']));
    expect(shown.Outputs?.Payload?.[0]).toHaveLength(102_398);
  });

  it('fails where it takes more memory than it may', async () => {
    const { run } = stackOf({ scripts: { memoryLimitMb: 200 } });
    const shown = await run(
      step(['def script_handler(e, c):', '    return len(bytearray(400 * 1024 * 1024))']),
    );
    expect(shown.FailureMessage).toContain('MemoryError');
    expect(shown.FailureMessage).toContain('more than its memory limit of 200 MB');
  });

  it('goes on where it closes its own output', async () => {
    const { run } = stackOf();
    const lines = [
      'import os, sys',
      'def script_handler(e, c):',
      '    sys.stdout.close(); os.close(2)',
      '    return 1',
    ];
    expect((await run(step(lines))).Outputs?.Payload).toEqual(['1']);
  });

  it('ends with whoever started it', async () => {
    const launcher = join(import.meta.dirname, '../../../../../../local/ssm/automation/script/launcher.py');
    const home = await mkdtemp(join(directory, 'orphan-'));
    const script = spawn('python3', [launcher], {
      cwd: home,
      detached: true,
      stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
    });
    await writeFile(
      join(home, 'customer_script.py'),
      telling('    tell("orphan", os.getpid())', '    time.sleep(600)').join('\n'),
    );
    const request = { handler: 'script_handler', events: {}, context: {}, memoryLimitMb: 512 };
    script.stdin?.write(`${JSON.stringify(request)}\n`);
    await told('orphan');
    const exited = once(script, 'exit');
    script.stdin?.end();
    expect(await exited).toEqual([null, 'SIGKILL']);
  });

  it('waits its turn outside of its time limit, however many others run', async () => {
    const clock = heldClock();
    const { start, show, automation, cancel } = stackOf({ clock });
    const turn = () => executeScript.takeTurn?.(new AbortController().signal);
    const others = await Promise.all(Array.from({ length: 8 }, turn));
    const script = step(['def script_handler(events, context):', '  return 1'], {}, { timeoutSeconds: 5 });
    const id = await start([script]);
    const cancelled = await start([script]);
    await eventually(async () => firstStep(await show(cancelled)).StepStatus === 'InProgress');
    clock.elapse(5_000);
    await cancel(cancelled);
    for (const leave of others) leave?.();
    await automation.idle();
    expect(firstStep(await show(id))).toMatchObject({ StepStatus: 'Success', Outputs: { Payload: ['1'] } });
    expect(firstStep(await show(cancelled)).StepStatus).toBe('Cancelled');
    // Nobody has kept a turn.
    const all = await Promise.all(Array.from({ length: 8 }, turn));
    for (const leave of all) leave?.();
  });
});
