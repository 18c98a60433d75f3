import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../../local/clock.ts';
import { actionStack } from './support.ts';

interface Received {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

async function startWebhook(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ method: request.method, headers: request.headers, body });
      answer(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { received, url, [Symbol.asyncDispose]: close };
}

const PREFIX = '/d9d01087-4a3f-49e0-b0b4-d568d7826553/ssm/integrations/webhook/';
const step = (inputs: object = {}) => ({
  action: 'aws:invokeWebhook',
  inputs: { IntegrationName: 'chat', ...inputs },
});

async function stackFor(integration: object | string, allowWebhooks = true) {
  const stack = actionStack({}, { allowWebhooks, clock: systemClock });
  await stack.call('PutParameter', {
    Name: `${PREFIX}chat`,
    Type: 'SecureString',
    Value: typeof integration === 'string' ? integration : JSON.stringify(integration),
  });
  return stack;
}

describe('aws:invokeWebhook', () => {
  it('posts the body with the headers of the integration', async () => {
    await using hook = await startWebhook((_request, response) => response.end('thanks'));
    const { run } = await stackFor({
      url: hook.url,
      headers: { 'X-Token': 'secret' },
      payload: { text: 'default' },
    });
    const shown = await run(step({ Body: { text: 'closed' } }));
    expect(hook.received).toMatchObject([
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-token': 'secret' },
        body: '{"text":"closed"}',
      },
    ]);
    expect(shown.Outputs).toMatchObject({ Response: ['thanks'], ResponseCode: ['200'] });
    await run(step());
    expect(hook.received[1]?.body).toBe('{"text":"default"}');
    await run(step({ Body: 'as it is' }));
    expect(hook.received[2]?.body).toBe('as it is');
  });

  it('sends nothing unless it is allowed to', async () => {
    await using hook = await startWebhook((_request, response) => response.end());
    const { run } = await stackFor({ url: hook.url }, false);
    const shown = await run(step());
    expect(shown.FailureMessage).toContain('was not invoked');
    expect(shown.FailureDetails).toMatchObject({ FailureType: 'Permission' });
    expect(hook.received).toEqual([]);
  });

  it('fails for an answer that is an error, or sends elsewhere', async () => {
    await using other = await startWebhook((_request, response) => response.end());
    await using hook = await startWebhook((request, response) => {
      const moved = request.headers['x-move'] !== undefined;
      response.writeHead(moved ? 307 : 503, { location: other.url }).end('not now');
    });
    const failing = await stackFor({ url: hook.url });
    const shown = await failing.run(step());
    expect(shown.FailureMessage).toContain('answered with the status 503: not now');
    expect(shown.Outputs).toMatchObject({ ResponseCode: ['503'] });
    const moving = await stackFor({ url: hook.url, headers: { 'x-move': 'yes' } });
    expect((await moving.run(step())).FailureMessage).toContain('the status 307');
    expect(other.received).toEqual([]);
  });

  it('fails for an answer that is too large', async () => {
    await using hook = await startWebhook((_request, response) => response.end('x'.repeat(200_000)));
    const { run } = await stackFor({ url: hook.url });
    expect((await run(step())).FailureMessage).toContain('answered with more than 100 KB');
  });

  it('gives up in time, and can be cancelled', async () => {
    await using hook = await startWebhook(() => {});
    const { run, start, cancel, automation, show } = await stackFor({ url: hook.url });
    expect((await run({ ...step(), timeoutSeconds: 1 })).StepStatus).toBe('TimedOut');
    const id = await start([step()]);
    await cancel(id);
    await automation.idle();
    expect((await show(id)).AutomationExecutionStatus).toBe('Cancelled');
  });

  it('fails where nobody listens', async () => {
    const { run } = await stackFor({ url: 'http://127.0.0.1:1/' });
    expect((await run(step())).FailureMessage).toContain(
      'The webhook at http://127.0.0.1:1 could not be reached',
    );
  });

  it.each(['{"url":"file:///etc/passwd"}', '{"url":"nowhere"}', '{}', 'no JSON', '"text"'])(
    'refuses the integration %s',
    async (integration) => {
      const { run } = await stackFor(integration);
      expect((await run(step())).FailureMessage).toContain(
        'not a JSON object with an http:// or https:// url',
      );
    },
  );

  it('fails for an integration that does not exist', async () => {
    const { run } = actionStack({}, { allowWebhooks: true });
    expect((await run(step())).FailureMessage).toContain('(ParameterNotFound) when calling the GetParameter');
    expect((await run(step({ IntegrationName: '' }))).FailureMessage).toContain('IntegrationName is missing');
  });
});
