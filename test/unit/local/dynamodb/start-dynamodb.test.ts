import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBinary } from '../../../../local/dynamodb/find-binary.ts';
import { startDynamoDb } from '../../../../local/dynamodb/start-dynamodb.ts';
import { dynoxideMissing, openDynamoDb } from '../../../helpers/local-dynamodb.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'remediator-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** An executable that stands in for dynoxide. */
async function script(name: string, body: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

async function serve(status: number, body: string) {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function isAlive(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('findBinary', () => {
  it('finds no package for a platform that has none', () => {
    expect(findBinary({ platform: 'amiga', arch: 'm68k', from: import.meta.url })).toBeUndefined();
  });

  it('finds no package where none is installed', () => {
    const from = pathToFileURL(join(directory, 'module.ts')).href;
    expect(findBinary({ platform: 'linux', arch: 'x64', from })).toBeUndefined();
  });
});

describe('startDynamoDb with a URL', () => {
  it.each([
    ['an answer', 200, '{"TableNames":[]}'],
    ['a refusal', 400, '{"__type":"com.amazon.coral.service#MissingAuthenticationTokenException"}'],
  ])('takes %s of DynamoDB', async (_name, status, body) => {
    await using server = await serve(status, body);
    await using dynamoDb = await startDynamoDb({ url: server.url });
    expect(dynamoDb.url).toBe(server.url);
  });

  it.each([
    ['a web page', 200, '<html></html>'],
    ['other JSON', 404, '{"message":"not found"}'],
    ['nothing', 200, 'null'],
  ])('refuses %s with the remedy', async (_name, status, body) => {
    await using server = await serve(status, body);
    await expect(startDynamoDb({ url: server.url })).rejects.toMatchObject({
      code: 'DYNAMODB_UNREACHABLE',
      message: expect.stringContaining('--dynamodb URL'),
    });
  });

  it('says that nothing answers', async () => {
    await expect(startDynamoDb({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'DYNAMODB_UNREACHABLE',
      message: expect.stringMatching(/^No DynamoDB answers at http:\/\/127\.0\.0\.1:1: .*[^\n]$/),
    });
  });
});

describe.skipIf(process.platform === 'win32')('startDynamoDb with a broken dynoxide', () => {
  it('says what it said', async () => {
    const binary = await script('broken', 'echo "error: no memory" >&2; exit 1');
    await expect(startDynamoDb({ binary })).rejects.toMatchObject({
      code: 'DYNAMODB_FAILED',
      message: expect.stringContaining('error: no memory'),
    });
  });

  it('says that it cannot be run', async () => {
    await expect(startDynamoDb({ binary: join(directory, 'nowhere') })).rejects.toMatchObject({
      code: 'DYNAMODB_FAILED',
    });
  });

  it('tries another port when somebody took the first', async () => {
    const taken = `echo "error: port $5 is already in use" >&2; exit 1`;
    const listens = 'echo "listening on $5" >&2; exec sleep 60';
    const binary = await script('second', `[ -e "$0.again" ] && { ${listens}; }; touch "$0.again"; ${taken}`);
    await using dynamoDb = await startDynamoDb({ binary });
    expect(dynamoDb.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('reports its death', async () => {
    const binary = await script(
      'dies',
      'echo "listening on $5" >&2; sleep 0.05; echo "out of disk" >&2; exit 7',
    );
    const crash = await new Promise<Error>((resolve, reject) => {
      startDynamoDb({ binary, onCrash: resolve }).catch(reject);
    });
    expect(crash).toMatchObject({
      code: 'DYNAMODB_FAILED',
      message: 'dynoxide ended with exit code 7. out of disk',
    });
  });
});

describe.skipIf(dynoxideMissing !== undefined)(`startDynamoDb with dynoxide ${dynoxideMissing ?? ''}`, () => {
  it('starts at once, answers, and ends with close()', async () => {
    const crashes: Error[] = [];
    const dynamoDb = await startDynamoDb({ onCrash: (error) => crashes.push(error) });
    expect(await isAlive(dynamoDb.url)).toBe(true);
    await dynamoDb.close();
    expect(await isAlive(dynamoDb.url)).toBe(false);
    expect(crashes).toEqual([]);
  });

  it('gives everyone a database of their own', async () => {
    await using first = await openDynamoDb();
    await using second = await openDynamoDb();
    expect(first.url).not.toBe(second.url);
    expect((await second.client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  it('ends with a process that ends of itself', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--eval',
      program('process.exit(3)'),
    ]).catch((error: { code: number; stdout: string }) => error);
    await expect.poll(() => isAlive(stdout.trim())).toBe(false);
  });

  it('ends with a process that is killed', async () => {
    const child = spawn(process.execPath, ['--eval', program('setInterval(() => {}, 1000)')]);
    const [url] = await once(createInterface({ input: child.stdout }), 'line');
    expect(await isAlive(url)).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(url)).toBe(false);
  });
});

/** Starts dynoxide, prints its address, goes on. */
function program(next: string): string {
  const module = pathToFileURL(
    join(import.meta.dirname, '../../../../local/dynamodb/start-dynamodb.ts'),
  ).href;
  return `import('${module}').then(async (m) => { console.log((await m.startDynamoDb()).url); ${next}; })`;
}
