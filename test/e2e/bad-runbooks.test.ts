import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGION } from '../../local/place.ts';
import { type BootedCloud, bootCloud } from '../helpers/cloud.ts';

const document = (...steps: readonly object[]) => ({ schemaVersion: '0.3', mainSteps: steps });
const step = (name: string, action: string, inputs: object, more: object = {}) => ({
  name,
  action: `aws:${action}`,
  inputs,
  ...more,
});
const call = (name: string, service: string, api: string, inputs: object = {}, outputs: object[] = []) =>
  step(name, 'executeAwsApi', { Service: service, Api: api, ...inputs }, { outputs });
const script = (body: string) =>
  step(
    'run',
    'executeScript',
    { Runtime: 'python3.11', Handler: 'f', Script: `def f(events, context):\n  ${body}` },
    { timeoutSeconds: body.startsWith('while True: pass') ? 1 : 60 },
  );
const nap = (name: string, more: object = {}) => step(name, 'sleep', { Duration: 'PT0S' }, more);

const INSTANCES = '$.Reservations[0].Instances[0]';
const stop = call('stop', 'ec2', 'StopInstances', { InstanceIds: ['{{ find.Id }}'] });

/** What each bad runbook's execution ends with, by the runbook. */
const RUNBOOKS: Readonly<Record<string, { readonly content: object; readonly message: RegExp }>> = {
  circle: {
    content: document(nap('a', { nextStep: 'b' }), nap('b', { nextStep: 'a' })),
    message: /The runbook ran 1000 steps without coming to an end, and goes no further with a: it goes in/,
  },
  nothingFound: {
    content: document(
      call('find', 'ec2', 'DescribeInstances', {}, [{ Name: 'Id', Selector: `${INSTANCES}.InstanceId` }]),
      stop,
    ),
    message:
      /Failed to resolve input: find\.Id to type String\..*\[0\]\.InstanceId of the step find found nothing/,
  },
  noSuchMember: {
    content: document(
      call('find', 'ec2', 'DescribeInstances', {}, [{ Name: 'Id', Selector: '$.Instanzen' }]),
      stop,
    ),
    message: /The selector \$\.Instanzen of output Id finds nothing in the response/,
  },
  wrongType: {
    content: document(
      call('find', 'ec2', 'DescribeVpcs', {}, [{ Name: 'Id', Selector: '$.Vpcs[0].VpcId', Type: 'Integer' }]),
      stop,
    ),
    message: /The output Id is not of its type: the value "vpc-\w+" .* can't be converted to Integer/,
  },
  endlessScript: { content: document(script('while True: pass')), message: /did not end within 1 seconds/ },
  loudScript: {
    content: document(script('while True: print("x" * 1_000_000)')),
    message: /The script printed more than 10 MB/,
  },
  largeScript: {
    content: document(script('return "x" * 102_401')),
    message: /The script returned more than 100 KB/,
  },
  largeResponse: {
    content: document(call('get', 's3', 'GetObject', { Bucket: 'large', Key: 'large' })),
    message: /The response of the GetObject operation is too large/,
  },
  webhook: {
    content: document(step('tell', 'invokeWebhook', { IntegrationName: 'world', Body: '{}' })),
    message: /The webhook integration world was not invoked:.*--allow-webhooks/,
  },
};

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const bomb = 'bcdefghi'.replaceAll(/./g, (name) => {
  const before = String.fromCharCode(name.charCodeAt(0) - 1);
  return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]\n`;
});

const REFUSED: readonly (readonly [string, string, string, RegExp])[] = [
  ['of 64 KB', `description: ${'x'.repeat(65_536)}`, 'MaxDocumentSizeExceeded', /64 KB/],
  ['with aliases of aliases', `a: &a [x, x]\n${bomb}`, 'InvalidDocumentContent', /YAML aliases .* multiply/],
  ['nested deeply', `mainSteps: ${deep(9000)}`, 'InvalidDocumentContent', /more than 50 levels deep/],
  ['nested in itself', 'mainSteps: &all [*all]', 'InvalidDocumentContent', /more than 50 levels deep/],
  [
    'that is no YAML',
    'mainSteps: [',
    'InvalidDocumentContent',
    /line 2, column \d+: The document is not YAML/,
  ],
];

describe('bad runbooks', () => {
  let booted: BootedCloud;
  let ssm: SSM;
  let s3: S3;
  beforeAll(async () => {
    booted = await bootCloud();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const options = { endpoint: booted.cloud.url, region: REGION, credentials };
    ssm = new SSM(options);
    s3 = new S3({ ...options, forcePathStyle: true });
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  const create = (Name: string, Content: string) =>
    ssm.createDocument({ Name, Content, DocumentType: 'Automation', DocumentFormat: 'YAML' });
  const start = async (DocumentName: string) =>
    (await ssm.startAutomationExecution({ DocumentName })).AutomationExecutionId;
  const ended = async (AutomationExecutionId: string | undefined) => {
    const read = async () =>
      (await ssm.getAutomationExecution({ AutomationExecutionId })).AutomationExecution;
    await expect.poll(read, { timeout: 15_000 }).toHaveProperty('ExecutionEndTime');
    return read();
  };

  it('each fail in words of their own, and a good one goes on among them', async () => {
    await s3.createBucket({ Bucket: 'large' });
    await s3.putObject({ Bucket: 'large', Key: 'large', Body: 'x'.repeat(5_000_001) });
    const good = document(...Array.from({ length: 20 }, (_, index) => nap(`step${index}`)), {
      ...call('end', 'ec2', 'DescribeVpcs'),
      isEnd: true,
    });
    await create('Good', JSON.stringify(good));
    const running = [];
    for (const [name, { content }] of Object.entries(RUNBOOKS)) {
      await create(name, JSON.stringify(content));
      running.push([name, await start(name)] as const);
    }
    const goodOnes = await Promise.all([start('Good'), start('Good')]);
    for (const id of goodOnes) {
      expect(await ended(id)).toMatchObject({ AutomationExecutionStatus: 'Success' });
    }
    for (const [name, id] of running) {
      const shown = await ended(id);
      const { message } = RUNBOOKS[name] ?? {};
      expect(shown?.FailureMessage).toMatch(message ?? /^$/);
      const failed = shown?.StepExecutions?.filter(({ StepStatus }) =>
        /Failed|TimedOut/.test(`${StepStatus}`),
      );
      expect(failed, name).toMatchObject([{ FailureMessage: shown?.FailureMessage }]);
    }
    expect(await ended(await start('Good'))).toMatchObject({ AutomationExecutionStatus: 'Success' });
  });

  it.each(REFUSED)('are refused as documents: one %s', async (_what, body, name, message) => {
    const refusal = await create('Refused', `schemaVersion: '0.3'\n${body}`).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name, message: expect.stringMatching(message) });
  });
});
