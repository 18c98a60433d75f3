import { describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../../../../local/account/memory/memory-account.ts';
import { AwsError } from '../../../../../../local/aws-error.ts';
import { systemClock } from '../../../../../../local/clock.ts';
import { randomIds } from '../../../../../../local/ids.ts';
import { actionStack, inTurn, refusal } from './support.ts';

const ARN = 'arn:aws:cloudformation:us-east-1:123456789012:stack/net/1';
const stack = (StackStatus: string, StackStatusReason?: string) => ({
  Stacks: [{ StackId: ARN, StackName: 'net', StackStatus, ...(StackStatusReason && { StackStatusReason }) }],
});
const missing = () => new AwsError('ValidationError', 'Stack with id net does not exist');
const creation = (inputs: object = {}) => ({
  action: 'aws:createStack',
  inputs: { StackName: 'net', TemplateBody: '{}', TimeoutInMinutes: '5', ...inputs },
});
const deletion = { action: 'aws:deleteStack', inputs: { StackName: 'net' } };

describe('aws:createStack', () => {
  it('waits until the stack is complete', async () => {
    const { run, calls } = actionStack({
      CreateStack: () => ({ StackId: ARN }),
      DescribeStacks: inTurn(missing(), stack('CREATE_IN_PROGRESS'), stack('CREATE_COMPLETE', 'done')),
    });
    const shown = await run(creation({ Capabilities: 'CAPABILITY_IAM', OnStackFailure: 'DELETE' }));
    expect(shown.Outputs).toMatchObject({
      StackId: [ARN],
      StackStatus: ['CREATE_COMPLETE'],
      StackStatusReason: ['done'],
    });
    expect(calls[0]?.input).toEqual({
      StackName: 'net',
      TemplateBody: '{}',
      TimeoutInMinutes: 5,
      Capabilities: ['CAPABILITY_IAM'],
      OnFailure: 'DELETE',
    });
    expect(calls[1]?.input).toEqual({ StackName: ARN });
  });

  it.each([
    [{ OnFailure: 'DO_NOTHING' }, ['CREATE_FAILED']],
    [{ OnFailure: 'ROLLBACK' }, ['ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE']],
    [{ OnFailure: 'DELETE' }, ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE']],
    [{ OnFailure: 'DELETE', OnStackFailure: 'DELETE' }, ['DELETE_FAILED']],
  ])('passes %j on, and waits for what CloudFormation makes of it', async (inputs, statuses) => {
    const { run, calls } = actionStack({
      CreateStack: () => ({ StackId: ARN }),
      DescribeStacks: inTurn(stack('CREATE_IN_PROGRESS'), ...statuses.map((status) => stack(status))),
    });
    const shown = await run(creation(inputs));
    expect(calls[0]?.input.OnFailure).toBe(inputs.OnFailure);
    expect(calls[0]?.input).not.toHaveProperty('OnStackFailure');
    expect(shown.FailureMessage).toContain(`The stack net is ${statuses.at(-1)}.`);
    expect(shown.Outputs?.StackStatus).toEqual([statuses.at(-1)]);
  });

  it('names --account where the account in memory has no CloudFormation', async () => {
    const account = createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: '123456789012' });
    const { run } = actionStack({}, { account });
    expect((await run(creation({ OnFailure: 'DELETE' }))).FailureMessage).toMatch(
      /has no service cloudformation.*use --account URL/,
    );
  });

  it.each(['ROLLBACK_COMPLETE', 'CREATE_FAILED', 'DELETE_COMPLETE'])(
    'fails where it ends as %s',
    async (status) => {
      const { run } = actionStack({
        CreateStack: () => ({ StackId: ARN }),
        DescribeStacks: inTurn(stack('ROLLBACK_IN_PROGRESS'), stack(status, 'no quota')),
      });
      const shown = await run(creation());
      expect(shown.FailureMessage).toContain(`The stack net is ${status}: no quota.`);
      expect(shown.Outputs).toMatchObject({ StackId: [ARN] });
    },
  );

  it('fails where the stack exists', async () => {
    const { run } = actionStack({
      CreateStack: refusal('AlreadyExistsException', 'Stack [net] already exists'),
    });
    expect((await run(creation())).FailureMessage).toContain('(AlreadyExistsException)');
  });

  it.each([
    [{ StackName: '' }, 'StackName is missing'],
    [{ TemplateBody: '' }, 'TemplateBody or TemplateURL has to be given'],
    [{ TemplateURL: 'https://x' }, "TemplateBody and TemplateURL can't both be given"],
    [{ DisableRollback: true, OnFailure: 'DELETE' }, "DisableRollback and OnFailure can't both be given"],
    [{ OnStackFailure: 'ROLLBACK', OnFailure: 'DELETE' }, 'OnFailure is DELETE, OnStackFailure ROLLBACK'],
    [{ OnFailure: 'EXPLODE' }, 'OnFailure has to be one of DO_NOTHING, ROLLBACK, DELETE'],
    [{ TimeoutInMinutes: 'long' }, 'TimeoutInMinutes has to be a whole number'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    expect((await run(creation(inputs))).FailureMessage).toContain(message);
    expect(calls).toEqual([]);
  });
});

describe('aws:deleteStack', () => {
  it('waits until that very stack is gone', async () => {
    const { run, calls } = actionStack({
      DescribeStacks: inTurn(stack('CREATE_COMPLETE'), stack('DELETE_IN_PROGRESS'), stack('DELETE_COMPLETE')),
      DeleteStack: () => ({}),
    });
    expect((await run(deletion)).StepStatus).toBe('Success');
    expect(calls.map(({ operation, input }) => [operation, input.StackName])).toEqual([
      ['DescribeStacks', 'net'],
      ['DeleteStack', 'net'],
      ['DescribeStacks', ARN],
      ['DescribeStacks', ARN],
    ]);
  });

  it('is content where there is none', async () => {
    const { run, operations } = actionStack({ DescribeStacks: inTurn(missing()), DeleteStack: () => ({}) });
    expect((await run(deletion)).StepStatus).toBe('Success');
    expect(operations()).toEqual(['DescribeStacks', 'DeleteStack']);
  });

  it('fails where the deletion fails', async () => {
    const { run } = actionStack({
      DescribeStacks: inTurn(stack('CREATE_COMPLETE'), stack('DELETE_FAILED', 'bucket not empty')),
      DeleteStack: () => ({}),
    });
    expect((await run(deletion)).FailureMessage).toContain(
      'The stack net is DELETE_FAILED: bucket not empty',
    );
  });

  it('tells other errors from a missing stack', async () => {
    const { run } = actionStack({ DescribeStacks: refusal('ValidationError', 'bad name') });
    expect((await run(deletion)).FailureMessage).toContain('(ValidationError)');
  });

  it('gives up in time, and can be cancelled', async () => {
    const answers = { DescribeStacks: () => stack('DELETE_IN_PROGRESS'), DeleteStack: () => ({}) };
    expect((await actionStack(answers).run({ ...deletion, timeoutSeconds: 60 })).StepStatus).toBe('TimedOut');
    const cancelled = actionStack(answers);
    const id = await cancelled.start([deletion]);
    await cancelled.cancel(id);
    await cancelled.automation.idle();
    expect((await cancelled.show(id)).AutomationExecutionStatus).toBe('Cancelled');
  });
});
