import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Account, AccountHttpRequest } from '../../../local/account/account.ts';

export interface ServedAccount extends AsyncDisposable {
  readonly endpoint: string;
}

/** An account's `handleHttp` behind a real server on a free port, as the laptop's endpoint has it. */
export async function serveAccount(account: Pick<Account, 'handleHttp'>): Promise<ServedAccount> {
  const server = createServer((request, response) => {
    void toAccountRequest(request)
      .then((received) => account.handleHttp(received))
      .then(({ statusCode, headers, body }) => response.writeHead(statusCode, headers).end(body))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function toAccountRequest(request: IncomingMessage): Promise<AccountHttpRequest> {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    service: scope?.[2] ?? '',
    region: scope?.[1] ?? '',
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: Object.fromEntries(headers),
    body: await buffer(request),
  };
}
