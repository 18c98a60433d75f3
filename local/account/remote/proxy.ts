import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { AccountHttpRequest, AccountHttpResponse } from '../account.ts';

/** Headers of one connection, not of the message. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // The body is passed on whole: nobody is asked whether to send it.
  'expect',
  'content-length',
]);

export interface Proxy {
  /** Passes a request on as it was received: path, headers with their signature, body. */
  forward(request: AccountHttpRequest): Promise<AccountHttpResponse>;
  close(): void;
}

/** A reverse proxy to one endpoint. Rejects with the connection's own error where nobody answers. */
export function createProxy(endpoint: URL, timeoutMs: number): Proxy {
  const isTls = endpoint.protocol === 'https:';
  const agent = isTls ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const open = isTls ? httpsRequest : httpRequest;
  return {
    forward: async (request) => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const outgoing = open(
          {
            protocol: endpoint.protocol,
            hostname: endpoint.hostname.replace(/^\[|\]$/g, ''),
            port: endpoint.port,
            path: `${endpoint.pathname.replace(/\/$/, '')}${request.url}`,
            method: request.method,
            headers: { ...endToEnd(request.headers), 'content-length': String(request.body.length) },
            agent,
            timeout: timeoutMs,
          },
          resolve,
        );
        outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
        outgoing.on('error', reject);
        outgoing.end(request.body);
      });
      const body = await buffer(answer);
      return { statusCode: answer.statusCode ?? 502, headers: endToEnd(answer.headers), body };
    },
    close: () => agent.destroy(),
  };
}

function endToEnd(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name.toLowerCase())) {
      kept.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
  }
  return Object.fromEntries(kept);
}
