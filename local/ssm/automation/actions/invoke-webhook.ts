import { z } from 'zod';
import { isJsonObject } from '../../tags/request.ts';
import { StepFailure } from '../failure.ts';
import type { Action, ActionContext } from './action.ts';
import { invalidInput } from './inputs.ts';
import { callService } from './support/call-service.ts';
import { readInputs, text } from './support/input-schema.ts';
import { mapOf } from './support/read.ts';
import { outputsOf, resultOf } from './support/result.ts';

/** The namespace that Parameter Store keeps for Automation's integrations. */
const NAMESPACE = '/d9d01087-4a3f-49e0-b0b4-d568d7826553/ssm/integrations/webhook/';
const MAX_RESPONSE_BYTES = 100 * 1024;

interface Integration {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

/**
 * Posts a body to the URL of a webhook integration, which is a parameter in Parameter Store. Sends nothing unless the
 * engine's `allowWebhooks` lets it: a runbook that is being tried must not tell the world.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/invoke-webhook.html
 */
export const invokeWebhook: Action = {
  name: 'aws:invokeWebhook',
  defaultTimeoutSeconds: 30,
  run: async (context) => {
    const { IntegrationName, Body } = readInputs(context.inputs, {
      IntegrationName: text,
      Body: z.unknown().optional(),
    });
    if (context.deps.allowWebhooks !== true) {
      throw new StepFailure(
        `The webhook integration ${IntegrationName} was not invoked: this Systems Manager sends nothing to webhooks unless it is started with --allow-webhooks`,
        { details: { type: 'Permission' } },
      );
    }
    const integration = await findIntegration(context, IntegrationName);
    return send(context, integration, Body ?? integration.payload);
  },
};

async function findIntegration(context: ActionContext, name: string): Promise<Integration> {
  const response = await callService(context, {
    service: 'ssm',
    operation: 'GetParameter',
    input: { Name: `${NAMESPACE}${name}`, WithDecryption: true },
  });
  const value = parse(String(mapOf(response, 'Parameter').Value));
  const url = typeof value?.url === 'string' && URL.canParse(value.url) ? new URL(value.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw invalidInput(`the integration ${name} is not a JSON object with an http:// or https:// url`);
  }
  const headers = Object.entries(mapOf(value, 'headers')).map(([header, text]) => [header, String(text)]);
  return { url, headers: Object.fromEntries(headers), payload: value?.payload };
}

async function send(context: ActionContext, { url, headers }: Integration, body: unknown) {
  const { signal } = context;
  let response: Response;
  let answer: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
      // A webhook that sends on elsewhere was not meant to get the body there.
      redirect: 'manual',
      signal,
    });
    answer = await readAnswer(response);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof StepFailure) throw error;
    const { cause } = error instanceof Error ? error : {};
    const reason = cause instanceof Error ? cause.message : String(error);
    throw new StepFailure(`The webhook at ${url.origin} could not be reached: ${reason}`, { cause: error });
  }
  const outputs = { Response: answer, ResponseCode: response.status };
  if (response.ok) return resultOf(outputs);
  throw new StepFailure(
    `The webhook at ${url.origin} answered with the status ${response.status}: ${answer.slice(0, 1000)}`,
    { outputs: outputsOf(outputs) },
  );
}

async function readAnswer(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_RESPONSE_BYTES) throw new StepFailure('The webhook answered with more than 100 KB');
  }
  return Buffer.concat(parts).toString();
}

function parse(value: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
