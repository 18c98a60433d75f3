import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { cli, DISABLE, GROUP, runbook } from '../helpers/cli.ts';
import { startMoto, triesOnMoto, tryNote } from '../helpers/moto.ts';

describe('remediator runbook run --account URL', () => {
  test('a dry run sends an endpoint nothing that changes', async () => {
    const actions: string[] = [];
    await using server = await listen((body) => actions.push(new URLSearchParams(body).get('Action') ?? ''));
    const args = ['runbook', 'run', DISABLE, '--parameters', GROUP, '--account', server.url, '--dry-run'];
    const { code } = await cli(args);
    expect(actions).toContain('DescribeSecurityGroupRules');
    expect(actions.filter((action) => !action.startsWith('Describe'))).toEqual([]);
    expect(code).toBe(0);
  });

  test.skipIf(!triesOnMoto)(
    `acts on an endpoint, Systems Manager's too${tryNote}`,
    { timeout: 60_000 },
    async () => {
      await using moto = await startMoto();
      const put = { Service: 'ssm', Api: 'PutParameter', Name: '/a', Value: 'b', Type: 'String' };
      const steps = [{ name: 'Put', action: 'aws:executeAwsApi', inputs: put }];
      const first = await cli(['runbook', 'run', runbook('put.json', steps), '--account', moto.endpoint]);
      expect(first.code).toBe(0);
      // The next one finds it: as the default of a parameter, and by the API.
      const read = runbook(
        'read.json',
        [
          {
            name: 'Get',
            action: 'aws:executeAwsApi',
            inputs: { Service: 'ssm', Api: 'GetParameter', Name: '/{{ Name }}' },
            outputs: [{ Name: 'Value', Selector: '$.Parameter.Value' }],
          },
        ],
        {
          parameters: {
            Name: { type: 'String', default: 'a' },
            From: { type: 'String', default: '{{ ssm:/a }}' },
          },
          outputs: ['Get.Value'],
        },
      );
      const second = await cli(['runbook', 'run', read, '--account', moto.endpoint, '--json']);
      expect(JSON.parse(second.stdout)).toMatchObject({
        AutomationExecutionStatus: 'Success',
        Outputs: { 'Get.Value': ['b'] },
        Parameters: { From: ['b'] },
      });
    },
  );

  test.skipIf(!triesOnMoto)(
    `scripts ask of their own execution, and act on the endpoint${tryNote}`,
    { timeout: 60_000 },
    async () => {
      await using moto = await startMoto();
      const Script = `import boto3
def h(events, context):
    ssm = boto3.client('ssm')
    own = ssm.get_automation_execution(AutomationExecutionId=context['automation:EXECUTION_ID'])
    ssm.put_parameter(Name='/from-script', Value='x', Type='String')
    return [own['AutomationExecution']['DocumentName'], [p['Name'] for p in ssm.describe_parameters()['Parameters']]]
`;
      const inputs = { Runtime: 'python3.11', Handler: 'h', Script };
      const file = runbook('own.json', [{ name: 'Ask', action: 'aws:executeScript', inputs }], {
        outputs: ['Ask.Payload'],
      });
      const { stdout } = await cli(['runbook', 'run', file, '--account', moto.endpoint, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({
        AutomationExecutionStatus: 'Success',
        Outputs: { 'Ask.Payload': ['own', '["/from-script"]'] },
      });
    },
  );
});

/** An endpoint that finds a group without rules, whatever it is asked. */
async function listen(hear: (body: string) => void): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    // Whether there is anybody is asked first.
    if (request.method !== 'HEAD') hear(body);
    const action = new URLSearchParams(body).get('Action');
    const rule =
      '<item><securityGroupRuleId>sgr-1</securityGroupRuleId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><cidrIpv4>0.0.0.0/0</cidrIpv4></item>';
    const set =
      action === 'DescribeSecurityGroupRules'
        ? `<securityGroupRuleSet>${rule}</securityGroupRuleSet>`
        : '<securityGroupInfo/>';
    response.end(`<${action}Response><requestId>r</requestId>${set}</${action}Response>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
