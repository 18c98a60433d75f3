import { describe, expect, test } from 'vitest';
import type { Place } from '../../../../cli/runbook/open-account.ts';
import { openSession } from '../../../../cli/runbook/session.ts';
import type { Account, AccountHttpRequest } from '../../../../local/account/account.ts';
import { validateDocument } from '../../../../local/ssm/documents/validate.ts';

const ASK = `import json, os, urllib.request
def h(events, context):
    def ask(variable, operation, body):
        request = urllib.request.Request(os.environ[variable], data=json.dumps(body).encode(), headers={
            'X-Amz-Target': 'AmazonSSM.' + operation,
            'Authorization': 'AWS4-HMAC-SHA256 Credential=test/20240101/us-east-1/ssm/aws4_request',
        })
        return json.loads(urllib.request.urlopen(request).read())
    own = {'AutomationExecutionId': context['automation:EXECUTION_ID']}
    shown = ask('AWS_ENDPOINT_URL_SSM', 'GetAutomationExecution', own)['AutomationExecution']
    return [
        shown['DocumentName'],
        ask('AWS_ENDPOINT_URL_SSM', 'GetParameter', {'Name': 'x'}),
        os.environ['AWS_ENDPOINT_URL'],
    ]
`;

describe('a session beside an account with a Systems Manager of its own', () => {
  test('answers scripts that ask of their own execution, and leaves everything else to the account', async () => {
    const asked: string[] = [];
    const account: Account = {
      call: () => Promise.reject(new Error('not used')),
      handleHttp: async ({ headers }: AccountHttpRequest) => {
        asked.push(String(headers['x-amz-target']));
        return { statusCode: 200, headers: {}, body: '{"theirs":true}' };
      },
      close: async () => undefined,
    };
    const place: Place = {
      account,
      accountId: '123456789012',
      region: 'us-east-1',
      label: 'http://127.0.0.1:1',
      endpointUrl: 'http://127.0.0.1:1',
      isOurs: false,
    };
    const inputs = { Runtime: 'python3.11', Handler: 'h', Script: ASK };
    const content = JSON.stringify({
      schemaVersion: '0.3',
      mainSteps: [{ name: 'Ask', action: 'aws:executeScript', inputs }],
    });
    const { runbook } = validateDocument(content);
    if (runbook === undefined) throw new Error('the document is not valid');
    const document = {
      name: 'Asks',
      owner: 'self',
      content,
      format: 'JSON' as const,
      createdDate: new Date(),
      displayName: undefined,
      versionName: undefined,
      targetType: undefined,
    };
    await using session = await openSession({
      place,
      document,
      runbook,
      allowWebhooks: false,
      onChange: () => {},
    });
    const id = await session.start({});
    await session.idle();
    const [step] = session.get(id).StepExecutions;
    expect(step?.FailureMessage).toBeUndefined();
    expect(step?.Outputs?.Payload).toEqual(['Asks', '{"theirs":true}', 'http://127.0.0.1:1']);
    expect(asked).toEqual(['AmazonSSM.GetParameter']);
  });
});
