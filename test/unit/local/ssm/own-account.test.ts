import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../local/account/account.ts';
import { AwsError } from '../../../../local/aws-error.ts';
import { randomIds } from '../../../../local/ids.ts';
import type { Operation } from '../../../../local/service.ts';
import { withOwnExecutions, withSystemsManager } from '../../../../local/ssm/own-account.ts';
import { ScriptedAccount } from './automation/support.ts';

function ownAccount(operations: Readonly<Record<string, Operation>>) {
  const outer = new ScriptedAccount({
    GetInventory: () => ({ Entities: [] }),
    GetParameter: () => ({ ec2: true }),
  });
  const account = withSystemsManager({
    account: outer,
    operations: () => operations,
    ids: randomIds,
    accountId: '123456789012',
  });
  const call = (service: string, operation: string, input = {}) =>
    account.call({ service, operation, input, region: 'eu-west-1' });
  return { outer, call };
}

describe('withSystemsManager', () => {
  it('answers what Systems Manager has, in the region of the call', async () => {
    const { outer, call } = ownAccount({
      GetParameter: (input, { region, principalArn }) => ({ input, region, principalArn }),
    });
    expect(await call('SSM', 'GetParameter', { Name: 'x' })).toEqual({
      input: { Name: 'x' },
      region: 'eu-west-1',
      principalArn: 'arn:aws:sts::123456789012:assumed-role/Automation/runbook',
    });
    expect(outer.calls).toEqual([]);
  });

  it.each([
    ['ssm', 'GetInventory', { Entities: [] }],
    ['ec2', 'GetParameter', { ec2: true }],
  ])('passes on %s:%s', async (service, operation, answer) => {
    const { call, outer } = ownAccount({ GetParameter: () => ({}) });
    expect(await call(service, operation)).toEqual(answer);
    expect(outer.calls).toHaveLength(1);
  });

  it.each(['constructor', 'toString'])('does not take %s for an operation', async (name) => {
    const { call, outer } = ownAccount({});
    await call('ssm', name);
    expect(outer.calls).toMatchObject([{ service: 'ssm', operation: name }]);
  });

  it('hands out copies, and passes refusals on', async () => {
    const state = { Parameter: { Value: 'kept' } };
    const { call } = ownAccount({
      GetParameter: () => state,
      PutParameter: () => {
        throw new Error('refused');
      },
    });
    Object.assign((await call('ssm', 'GetParameter')).Parameter as object, { Value: 'changed' });
    expect(state.Parameter.Value).toBe('kept');
    await expect(call('ssm', 'PutParameter')).rejects.toThrow('refused');
  });
});

describe('withOwnExecutions over HTTP', () => {
  const request = (target: string) => ({
    service: 'ssm',
    region: 'eu-west-1',
    method: 'POST',
    url: '/',
    headers: target === '' ? {} : { 'x-amz-target': target },
    body: Buffer.from('{"AutomationExecutionId":"x"}'),
  });
  const GET = 'AmazonSSM.GetAutomationExecution';
  const ask = async (answer: Operation, target = GET) => {
    const theirs = { statusCode: 200, headers: {}, body: 'theirs' };
    const outer: Account = {
      call: () => Promise.reject(new Error('not used')),
      handleHttp: async () => theirs,
      close: async () => undefined,
    };
    const account = withOwnExecutions({
      account: outer,
      operations: () => ({ GetAutomationExecution: answer, GetParameter: answer }),
      ids: randomIds,
      accountId: '123456789012',
    });
    return account.handleHttp(request(target));
  };
  const refuse = (code: string) => () => {
    throw new AwsError(code, 'no');
  };

  it('answers of an execution that runs here', async () => {
    const answer = await ask((input, { region }) => ({ ...input, region, at: new Date(1500) }));
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(String(answer.body))).toEqual({
      AutomationExecutionId: 'x',
      region: 'eu-west-1',
      at: 1.5,
    });
  });

  it.each(['AmazonSSM.GetParameter', 'AWSEvents.GetAutomationExecution', ''])(
    'leaves %s to the account',
    async (target) => expect((await ask(() => ({}), target)).body).toBe('theirs'),
  );

  it('leaves an execution that is not known here to the account, and answers refusals', async () => {
    expect((await ask(refuse('AutomationExecutionNotFoundException'))).body).toBe('theirs');
    const refused = await ask(refuse('InvalidAutomationSignalException'));
    expect(refused.statusCode).toBe(400);
    expect(JSON.parse(String(refused.body))).toMatchObject({ __type: 'InvalidAutomationSignalException' });
    await expect(
      ask(() => {
        throw new TypeError('a bug');
      }),
    ).rejects.toThrow('a bug');
  });
});

describe('withOwnExecutions', () => {
  const outer = () =>
    new ScriptedAccount({
      GetAutomationExecution: () => ({ theirs: true }),
      GetParameter: () => ({ theirs: true }),
    });
  const own = (account: ScriptedAccount, answer: Operation) =>
    withOwnExecutions({
      account,
      operations: () => ({ GetAutomationExecution: answer, GetParameter: answer }),
      ids: randomIds,
      accountId: '123456789012',
    });
  const ask = (operation: string, service = 'ssm') => ({
    service,
    operation,
    input: {},
    region: 'eu-west-1',
  });

  it('tells of an execution that runs here, and leaves everything else to the account', async () => {
    const account = own(outer(), () => ({ ours: true }));
    expect(await account.call(ask('GetAutomationExecution'))).toEqual({ ours: true });
    expect(await account.call(ask('GetAutomationExecution', 'ec2'))).toEqual({ theirs: true });
    expect(await account.call(ask('GetParameter'))).toEqual({ theirs: true });
  });

  it('asks the account of an execution that is not known here, and passes refusals on', async () => {
    const failing = (code: string) =>
      own(outer(), () => {
        throw new AwsError(code, 'no');
      });
    const unknown = failing('AutomationExecutionNotFoundException');
    expect(await unknown.call(ask('GetAutomationExecution'))).toEqual({ theirs: true });
    const refused = failing('InvalidFilterKey').call(ask('GetAutomationExecution'));
    await expect(refused).rejects.toThrow('no');
  });
});
