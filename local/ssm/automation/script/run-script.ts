import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished, type Readable, type Writable } from 'node:stream';
import type { JsonObject } from '../../../service.ts';
import { Capture } from './capture.ts';
import { killTree } from './kill-tree.ts';

const LAUNCHER = join(import.meta.dirname, 'launcher.py');
const KEPT_LOG_BYTES = 32 * 1024;
const MAX_LOG_BYTES = 10 * 1024 * 1024;
/** More than any payload can be, once it is written as ASCII with escapes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface ScriptProcess {
  /** Path of the interpreter. */
  readonly executable: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Tells its descendants from everybody else's. */
  readonly id: string;
}

/** How a script ended. `log` is what it printed. */
export type ScriptOutcome =
  /** `answer` is the launcher's: `{ payload }` or `{ error, kind, module }`. */
  | { readonly kind: 'answered'; readonly answer: JsonObject; readonly log: string }
  | { readonly kind: 'died'; readonly reason: string; readonly log: string };

/**
 * Runs one script to its end, in a process group of its own, of which nothing is left afterwards.
 * Rejects with the signal's reason when it is aborted: the script and all it has started are killed at once.
 * @param request for the launcher
 */
export async function runScript(
  script: ScriptProcess,
  request: JsonObject,
  signal: AbortSignal,
): Promise<ScriptOutcome> {
  signal.throwIfAborted();
  const { child, kill } = start(script);
  const { log, answer, tooMuch } = collect(child, kill);
  signal.addEventListener('abort', kill, { once: true });
  try {
    const input = streamAt(child, 0) as Writable;
    // Closed only at the end: the launcher takes a closed input for the end of whoever started it.
    input.write(`${JSON.stringify(request)}\n`);
    const [code, killedBy] = await ended(child);
    kill();
    await closed(child);
    signal.throwIfAborted();
    if (tooMuch() !== undefined) return { kind: 'died', reason: String(tooMuch()), log: log.text() };
    const parsed = parseAnswer(answer.text());
    if (parsed !== undefined) return { kind: 'answered', answer: parsed, log: log.text() };
    const how = killedBy === null ? `with the exit code ${code}` : `by the signal ${killedBy}`;
    return { kind: 'died', reason: `The script ended ${how} before its handler returned`, log: log.text() };
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
  }
}

function start({ executable, directory, environment, id }: ScriptProcess) {
  const marker = `AUTOMATION_SCRIPT_ID=${id}`;
  const child = spawn(executable, ['-u', LAUNCHER], {
    cwd: directory,
    env: { ...environment, AUTOMATION_SCRIPT_ID: id },
    // Its own session: signals for the group reach all that it starts, and no terminal's reach it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  let over = false;
  const kill = () => {
    if (child.pid !== undefined && !over) killTree(child.pid, marker);
    // Its number is free for another process from now on.
    over = child.exitCode !== null || child.signalCode !== null;
  };
  return { child, kill };
}

function collect(child: ChildProcess, kill: () => void) {
  const log = new Capture(KEPT_LOG_BYTES);
  const answer = new Capture(MAX_ANSWER_BYTES);
  let tooMuch: string | undefined;
  const gather = (descriptor: number, capture: Capture, limit: { bytes: number; message: string }) => {
    const stream = streamAt(child, descriptor) as Readable;
    stream.on('data', (part: Buffer) => {
      capture.write(part);
      if (capture.total <= limit.bytes || tooMuch !== undefined) return;
      tooMuch = limit.message;
      kill();
    });
  };
  const printed = { bytes: MAX_LOG_BYTES, message: 'The script printed more than 10 MB' };
  gather(1, log, printed);
  gather(2, log, printed);
  gather(3, answer, { bytes: MAX_ANSWER_BYTES, message: 'The script returned more than 100 KB' });
  for (const stream of child.stdio) stream?.on('error', ignoreClosedPipe);
  return { log, answer, tooMuch: () => tooMuch };
}

/** A script that is killed leaves its pipes broken; how it ended is told by its exit. */
function ignoreClosedPipe(): void {}

async function ended(child: ChildProcess): Promise<[number | null, string | null]> {
  const [code, signal]: unknown[] = await once(child, 'exit');
  return [typeof code === 'number' ? code : null, typeof signal === 'string' ? signal : null];
}

/** Everything has been read. Whoever still held a pipe has been killed. */
async function closed(child: ChildProcess): Promise<void> {
  await Promise.all(
    [1, 2, 3].map(
      (descriptor) =>
        new Promise<void>((resolve) => finished(streamAt(child, descriptor) as Readable, () => resolve())),
    ),
  );
  (streamAt(child, 0) as Writable).destroy();
}

function streamAt(child: ChildProcess, descriptor: number): Readable | Writable {
  const stream = child.stdio[descriptor];
  if (stream === undefined || stream === null) throw new Error(`the script has no descriptor ${descriptor}`);
  return stream;
}

function parseAnswer(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
