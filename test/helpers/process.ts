import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunOptions {
  readonly cwd?: string;
  /** Whether it leads a process group of its own, as a terminal's command does. */
  readonly detached?: boolean;
  /** The whole environment. @default this process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How a process ended, and what it said. */
export interface Ended {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the test's own; `await using` kills what is left of it. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** The first line of its standard output; rejects where it ends without one. */
  readonly firstLine: Promise<string>;
  /** Sends it a signal, and waits for its end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

export function start(command: string, args: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const firstLine = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
    if (said.stdout.includes('\n')) firstLine.resolve(said.stdout.slice(0, said.stdout.indexOf('\n')));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? undefined, ...said }));
  });
  ended.then(
    ({ code, stderr }) => firstLine.reject(new Error(`${command} ended with code ${code}: ${stderr}`)),
    (error: unknown) => firstLine.reject(error),
  );
  // Not everybody asks for it.
  firstLine.promise.catch(() => undefined);
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    if (isRunning(child)) child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    ended,
    firstLine: firstLine.promise,
    end,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL');
    },
  };
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(command, args, options).ended;
}

/**
 * Commands of the processes that have a text in their environment, which children inherit: asked until there are none,
 * or 5 s are over. Linux only.
 */
export async function survivorsOf(marker: string): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const living = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? marked(name, marker) : []));
    if (living.length === 0 || tries === 100) return living;
    await delay(50);
  }
}

/** Whether a port of this machine can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function marked(pid: string, marker: string): string[] {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    return environment.includes(marker)
      ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
      : [];
  } catch {
    // It has ended since it was listed, or is somebody else's.
    return [];
  }
}
