import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openPlace } from '../../../../cli/runbook/open-account.ts';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const open = (url: string) => openPlace(url, undefined, () => undefined);

describe('an endpoint for a runbook', () => {
  it('may answer whatever it likes', async () => {
    const server = createHttpServer((_, response) => response.writeHead(500).end('no'));
    const url = await listen(server);
    expect(await open(url)).toMatchObject({ label: url, isOurs: false });
    server.close();
  });

  it.each([
    [
      'is not there',
      'http://me:secret@127.0.0.1:1',
      /^--account http:\/\/127\.0\.0\.1:1: nothing answers there \(.*ECONNREFUSED/,
    ],
    ['has no name', 'http://no-such-host.invalid', /nothing answers/],
  ])('that %s is named, and no password', async (_, url, message) => {
    await expect(open(url)).rejects.toMatchObject({
      code: 'NO_ENDPOINT',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it('has to speak HTTP, and TLS where it is told to', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined).end('SSH-2.0-x\r\n'));
    const url = await listen(server);
    await expect(open(url)).rejects.toMatchObject({ code: 'NO_ENDPOINT' });
    await expect(open(url.replace('http:', 'https:'))).rejects.toMatchObject({
      message: expect.stringMatching(/no TLS|nothing answers/),
    });
    server.close();
  });
});
