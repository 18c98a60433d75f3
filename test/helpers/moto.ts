import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

/** A moto server of one's own: an AWS on localhost that the account is compared with. */
export interface Moto extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

// biome-ignore lint/style/noProcessEnv: the one switch of the tests that CI sets, and what moto itself is started with.
const environment = process.env;
const { PATH = '', REQUIRE_MOTO, TRY_ON_MOTO } = environment;

/** Whether tests that need moto run: where `moto_server` is installed, and always where REQUIRE_MOTO=1 asks for them. */
export const runsMoto = REQUIRE_MOTO === '1' || isInstalled('moto_server');

/** Says beside a skipped suite why it was. */
export const motoNote = runsMoto
  ? ''
  : ' (skipped: moto_server is not installed; pip install "moto[server]")';

/**
 * Whether what the account in memory shows is tried on moto as well: `npm run test:tools`.
 * The contract suite holds the two accounts together in every run, so that `npm test` stays short.
 */
export const triesOnMoto = TRY_ON_MOTO === '1' && runsMoto;

/** Says beside a skipped suite why it was. */
export const tryNote = triesOnMoto ? '' : ' (skipped: npm run test:tools tries it on moto)';

const START_TIMEOUT_MS = 30_000;

/**
 * Starts moto on a free port and waits until it answers: `await using moto = await startMoto()`.
 * @throws Error where it is not installed, or does not answer within 30 s
 */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    // Without it moto's IAM has none of the policies that AWS owns.
    env: { ...environment, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  const failed = once(child, 'error').then(([error]) => {
    throw new Error('moto_server could not be started. Install it: pip install "moto[server]"', {
      cause: error,
    });
  });
  const endpoint = `http://127.0.0.1:${port}`;
  // A test runner that ends early must not leave a server behind.
  const kill = () => void child.kill();
  process.once('exit', kill);
  const close = async () => {
    process.off('exit', kill);
    await stop(child);
  };
  try {
    await Promise.race([failed, untilAnswers(endpoint, child)]);
  } catch (error) {
    await close();
    throw error;
  }
  failed.catch(() => undefined);
  return { endpoint, close, [Symbol.asyncDispose]: close };
}

async function untilAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with code ${child.exitCode}`);
    const answer = await fetch(`${endpoint}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`moto_server did not answer at ${endpoint} within ${START_TIMEOUT_MS} ms`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function isInstalled(command: string): boolean {
  return PATH.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
