import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyCheckout, ROOT } from '../helpers/checkout.ts';
import { dynoxideMissing, openDynamoDb } from '../helpers/local-dynamodb.ts';
import { isFree, start, survivorsOf } from '../helpers/process.ts';

const READY = /^ready (http:\/\/127\.0\.0\.1:(\d+))$/;

/** `node local/start.ts`, as a terminal starts it: in a process group of its own, and all that it starts is marked. */
function startCommand(args: readonly string[], root = ROOT) {
  const marker = `STARTED_BY_TEST=${randomUUID()}`;
  const [name = '', value] = marker.split('=');
  // biome-ignore lint/style/noProcessEnv: what the command of a person has, and the mark.
  const env = { ...process.env, [name]: value };
  const running = start(process.execPath, [join(root, 'local', 'start.ts'), ...args], {
    cwd: root,
    env,
    detached: true,
  });
  onTestFinished(() => running[Symbol.asyncDispose]());
  return { ...running, survivors: () => survivorsOf(marker) };
}

async function startReady(args: readonly string[] = []) {
  const startedAt = performance.now();
  const running = startCommand(['--port', '0', ...args]);
  const [, url = '', port] = READY.exec(await running.firstLine) ?? [];
  return { ...running, url, port: Number(port), elapsedMs: performance.now() - startedAt };
}

describe.skipIf(dynoxideMissing)('npm start', { timeout: 30_000 }, () => {
  test('is ready in its first line, and says how to try it', async () => {
    const cloud = await startReady();
    expect(cloud.url).toMatch(/^http/);
    // The bound is 3 s, which bench/ measures; other tests run beside this one.
    expect(cloud.elapsedMs).toBeLessThan(10_000);
    const { stdout, stderr } = await cloud.end('SIGTERM');
    expect(stdout).toContain(`AWS_ENDPOINT_URL=${cloud.url} `);
    expect(stdout).toContain('aws events put-events --entries file://examples/finding.json');
    expect(stderr).toBe('');
  });

  test('ends whole and in silence with Ctrl-C, which npm hands on once more', async () => {
    const { pid, ended, port, survivors } = await startReady();
    process.kill(-pid, 'SIGINT');
    await delay(10);
    process.kill(pid, 'SIGINT');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(await survivors()).toEqual([]);
    expect(await isFree(port)).toBe(true);
  });

  test('leaves nothing behind when it is killed', async () => {
    const { end, survivors } = await startReady();
    await end('SIGKILL');
    expect(await survivors()).toEqual([]);
  });

  test('takes a DynamoDB that runs already, and leaves it running', async () => {
    await using dynamoDb = await openDynamoDb();
    const { end } = await startReady(['--dynamodb', dynamoDb.url]);
    expect(await end('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    const { TableNames } = await dynamoDb.client.send(new ListTablesCommand());
    expect(TableNames).toContain('CheckTrackerTable');
  });

  test('is refused a port that is taken: one line, and nothing left running', async () => {
    await using taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    const { ended, survivors } = startCommand(['--port', `${port}`]);
    expect(await ended).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine(port)) });
    expect(await survivors()).toEqual([]);
  });

  test.each([
    ['an option that there is not', ['--prot', '1'], /unknown option '--prot'/],
    ['an argument that there is not', ['4566'], /too many arguments/],
    ['a port that is none', ['--port', 'abc'], /'abc'.*0 to 65535/],
    ['a port that is too high', ['--port', '65536'], /'65536'.*0 to 65535/],
    ['an account that is none', ['--account', 'nonsense'], /'nonsense'.*memory.*URL/],
    ['a DynamoDB that is no URL', ['--dynamodb', 'localhost:8000'], /'localhost:8000'.*URL/],
    [
      'a DynamoDB that does not answer',
      ['--dynamodb', 'http://127.0.0.1:1'],
      /127\.0\.0\.1:1.*--dynamodb URL/,
    ],
  ])('is refused %s in one line', async (_what, args, message) => {
    const { ended, survivors } = startCommand(['--port', '0', ...args]);
    expect(await ended).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine(message)) });
    expect(await survivors()).toEqual([]);
  });
});

test('without dynoxide, npm start says in one line which DynamoDB can be used', async () => {
  // As npm leaves it on a platform that dynoxide has no package for.
  const root = copyCheckout({ without: '@dynoxide' });
  const { ended } = startCommand(['--port', '0'], root);
  expect(await ended).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(oneLine(/no DynamoDB.*npx dynoxide.*--dynamodb URL/)),
  });
}, 30_000);

/** What is said is exactly one line, and names the thing. */
function oneLine(what: RegExp | number): RegExp {
  const inside = typeof what === 'number' ? String(what) : what.source;
  return new RegExp(`^error: [^\\n]*${inside}[^\\n]*\\n$`);
}
