import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { DynamoDbError } from './errors.ts';

/** A running dynoxide. https://github.com/nubo-db/dynoxide */
export interface Dynoxide {
  readonly url: string;
  /** Resolves with the reason when it ends without having been asked to. */
  readonly crashed: Promise<DynamoDbError>;
  close(): Promise<void>;
}

/**
 * Keeps dynoxide while its own stdin is open, and ends it then: the pipe closes however we end, SIGKILL included.
 * `exec 3<&0` because a shell gives its background jobs an empty stdin.
 */
const supervisor = `exec 3<&0
"$0" "$@" 3<&- & child=$!
{ cat <&3 >/dev/null; kill "$child" 2>/dev/null; } & watcher=$!
exec 3<&-
wait "$child"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

const attempts = 5;

/** Starts dynoxide in memory on a free port, and resolves once it listens. @throws DynamoDbError DYNAMODB_FAILED */
export async function startDynoxide(binary: string): Promise<Dynoxide> {
  for (let attempt = 1; ; attempt += 1) {
    const started = await tryPort(binary, await freePort());
    if (!('said' in started)) return started;
    // Between our looking and its binding, somebody else may have taken the port.
    if (attempt < attempts && started.said.includes('already in use')) continue;
    throw new DynamoDbError(
      'DYNAMODB_FAILED',
      `dynoxide did not start (${started.said || 'it said nothing'}): give another DynamoDB with --dynamodb URL.`,
    );
  }
}

async function tryPort(binary: string, port: number): Promise<Dynoxide | { readonly said: string }> {
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  const stdio: ['pipe', 'ignore', 'pipe'] = ['pipe', 'ignore', 'pipe'];
  const child =
    process.platform === 'win32'
      ? spawn(binary, args, { stdio })
      : // In a group of its own: a terminal's Ctrl-C is for us, who close in order.
        spawn('/bin/sh', ['-c', supervisor, binary, ...args], { stdio, detached: true });
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', (error) => {
      lines.push(error.message);
      resolve(null);
    });
  });
  const listening = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
      if (line.includes('listening on')) resolve(true);
    });
    ended.then(
      () => resolve(false),
      () => resolve(false),
    );
  });
  if (!(await listening)) return { said: lines.join(' ').trim() };
  return running(child, { url: `http://127.0.0.1:${port}`, ended, lines });
}

interface Started {
  readonly url: string;
  readonly ended: Promise<number | null>;
  /** The last that it said. */
  readonly lines: readonly string[];
}

function running(child: ChildProcess, { url, ended, lines }: Started): Dynoxide {
  let closing = false;
  const stop = (): void => {
    if (process.platform === 'win32') child.kill();
    else child.stdin?.end();
  };
  process.once('exit', stop);
  return {
    url,
    crashed: new Promise((resolve) => {
      ended.then((code) => {
        process.removeListener('exit', stop);
        if (closing) return;
        const said = lines.at(-1) ?? '';
        resolve(
          new DynamoDbError('DYNAMODB_FAILED', `dynoxide ended with exit code ${code}. ${said}`.trim()),
        );
      }, resolve);
    }),
    close: async () => {
      closing = true;
      stop();
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
