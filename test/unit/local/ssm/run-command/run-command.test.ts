import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../local/clock.ts';
import { randomIds } from '../../../../../local/ids.ts';
import type { JsonObject } from '../../../../../local/service.ts';
import type { CommandOutcome } from '../../../../../local/ssm/run-command/command.ts';
import type { RunCommandOptions } from '../../../../../local/ssm/run-command/deps.ts';
import { createRunCommand } from '../../../../../local/ssm/run-command/run-command.ts';
import { CONTEXT, ScriptedAccount } from '../automation/support.ts';

const ID = 'i-0123456789abcdef0';
const OTHER = 'i-0123456789abcdef1';
const DOCUMENT = 'AWS-RunShellScript';

function service(options: Partial<RunCommandOptions> = {}, found: readonly string[] = [ID, OTHER]) {
  const account = new ScriptedAccount({
    DescribeInstances: () => ({ Reservations: found.map((InstanceId) => ({ Instances: [{ InstanceId }] })) }),
  });
  const { operations } = createRunCommand({ clock: systemClock, ids: randomIds, account, ...options });
  const call = async (name: string, input: JsonObject = {}) =>
    (await operations[name]?.(input, CONTEXT)) as JsonObject;
  const send = async (input: JsonObject = {}) => {
    const sent = await call('SendCommand', { DocumentName: DOCUMENT, InstanceIds: [ID], ...input });
    return sent.Command as JsonObject & { CommandId: string };
  };
  return { call, send, account };
}

const never = () => new Promise<CommandOutcome>(() => {});

describe('SendCommand', () => {
  it('records the command, which is pending as it is sent and then succeeds', async () => {
    const { send, call } = service();
    const Parameters = { commands: ['uptime'] };
    const sent = await send({ Parameters, Comment: 'look', OutputS3BucketName: 'logs', TimeoutSeconds: 60 });
    expect(sent).toMatchObject({
      DocumentName: DOCUMENT,
      DocumentVersion: '$DEFAULT',
      Status: 'Pending',
      Comment: 'look',
      Parameters,
      InstanceIds: [ID],
      OutputS3BucketName: 'logs',
      TargetCount: 1,
      CompletedCount: 0,
    });
    expect(sent.ExpiresAfter).toEqual(new Date(Number(sent.RequestedDateTime) + 60_000));
    expect(await call('ListCommands', { CommandId: sent.CommandId })).toMatchObject({
      Commands: [{ Status: 'Success', StatusDetails: 'Success', CompletedCount: 1, ErrorCount: 0 }],
    });
  });

  it('does on each instance what it is told', async () => {
    const { send, call } = service({
      respond: async ({ documentName }, id) =>
        id === ID ? { output: documentName } : { responseCode: 2, output: 'half', error: 'bad' },
    });
    const { CommandId } = await send({ InstanceIds: [ID, OTHER] });
    await Promise.resolve();
    const details = (InstanceId: string) => call('GetCommandInvocation', { CommandId, InstanceId });
    expect(await details(ID)).toMatchObject({
      Status: 'Success',
      ResponseCode: 0,
      StandardOutputContent: DOCUMENT,
      PluginName: 'aws:runShellScript',
    });
    expect(await details(OTHER)).toMatchObject({
      Status: 'Failed',
      ResponseCode: 2,
      StandardErrorContent: 'bad',
    });
    expect(await call('ListCommands')).toMatchObject({
      Commands: [{ Status: 'Failed', ErrorCount: 1, CompletedCount: 2 }],
    });
    expect(
      await call('ListCommandInvocations', { CommandId, InstanceId: OTHER, Details: true }),
    ).toMatchObject({
      CommandInvocations: [
        {
          Status: 'Failed',
          CommandPlugins: [{ ResponseCode: 2, Output: 'half\n----------ERROR-------\nbad' }],
        },
      ],
    });
  });

  it('takes an error of the responder for a failed command', async () => {
    const { send, call } = service({
      respond: () => {
        throw new Error('agent is gone');
      },
    });
    const { CommandId } = await send();
    await new Promise(setImmediate);
    expect(await call('GetCommandInvocation', { CommandId, InstanceId: ID })).toMatchObject({
      Status: 'Failed',
      StandardErrorContent: 'Error: agent is gone',
    });
  });

  it('keeps as much of an output as AWS does', async () => {
    const { send, call } = service({ respond: () => ({ output: 'x'.repeat(30_000) }) });
    const { CommandId } = await send();
    await new Promise(setImmediate);
    const details = await call('GetCommandInvocation', { CommandId, InstanceId: ID });
    expect(String(details.StandardOutputContent)).toHaveLength(24_000);
  });

  it('reaches the managed instances that targets name', async () => {
    const { send, call, account } = service({ isManaged: (id) => id === OTHER });
    const Targets = [{ Key: 'tag:Stage', Values: ['Gamma'] }];
    const { CommandId } = await send({ InstanceIds: [], Targets });
    expect(await call('ListCommandInvocations', { CommandId })).toMatchObject({
      CommandInvocations: [{ InstanceId: OTHER, CommandPlugins: [] }],
    });
    expect(account.calls[0]?.input).toMatchObject({
      Filters: [{ Name: 'tag:Stage', Values: ['Gamma'] }, {}],
    });
  });

  it('says so where targets name none', async () => {
    const { send, call } = service({}, []);
    await send({ InstanceIds: [], Targets: [{ Key: 'tag-key', Values: ['none'] }] });
    expect(await call('ListCommands')).toMatchObject({
      Commands: [{ Status: 'Success', StatusDetails: 'NoInstancesInTag', TargetCount: 0 }],
    });
  });

  it('reads every page of the instances', async () => {
    const account = new ScriptedAccount({
      DescribeInstances: ({ NextToken }) => ({
        Reservations: [{ Instances: [{ InstanceId: NextToken === undefined ? ID : OTHER }] }],
        ...(NextToken === undefined ? { NextToken: 'more' } : {}),
      }),
    });
    const { send } = service({ account });
    expect(await send({ InstanceIds: [ID, OTHER] })).toMatchObject({ TargetCount: 2 });
  });

  it.each([
    [{ InstanceIds: [] }, 'ValidationException'],
    [{ Targets: [{ Key: 'tag:a', Values: ['b'] }] }, 'ValidationException'],
    [{ InstanceIds: ['web-1'] }, 'ValidationException'],
    [{ InstanceIds: Array(51).fill(ID) }, 'ValidationException'],
    [{ InstanceIds: [ID, ID] }, 'DuplicateInstanceId'],
    [{ InstanceIds: ['i-0123456789abcdef9'] }, 'InvalidInstanceId'],
    [{ InstanceIds: [], Targets: [{ Key: 'name', Values: ['b'] }] }, 'InvalidTarget'],
    [{ DocumentName: 'x' }, 'ValidationException'],
    [{ TimeoutSeconds: 29 }, 'ValidationException'],
    [{ Comment: 'x'.repeat(101) }, 'ValidationException'],
    [{ Parameters: ['x'] }, 'SerializationException'],
    [{ Parameters: { commands: 'uptime' } }, 'SerializationException'],
  ])('refuses %j with %s', async (input, code) => {
    const { send, call } = service();
    await expect(send(input)).rejects.toMatchObject({ code });
    expect(await call('ListCommands')).toEqual({ Commands: [] });
  });
});

describe('CancelCommand', () => {
  it('cancels what has not ended, for good', async () => {
    const late = Promise.withResolvers<CommandOutcome>();
    const { send, call } = service({ respond: (_command, id) => (id === ID ? {} : late.promise) });
    const { CommandId } = await send({ InstanceIds: [ID, OTHER] });
    await new Promise(setImmediate);
    expect(await call('ListCommands')).toMatchObject({ Commands: [{ Status: 'InProgress' }] });
    expect(await call('CancelCommand', { CommandId })).toEqual({});
    late.resolve({});
    await new Promise(setImmediate);
    const { CommandInvocations } = await call('ListCommandInvocations', { CommandId });
    expect(CommandInvocations).toMatchObject([{ Status: 'Success' }, { Status: 'Cancelled' }]);
  });

  it('cancels on some instances only', async () => {
    const { send, call } = service({ respond: never });
    const { CommandId } = await send({ InstanceIds: [ID, OTHER] });
    await call('CancelCommand', { CommandId, InstanceIds: [OTHER] });
    expect((await call('ListCommandInvocations', { CommandId })).CommandInvocations).toMatchObject([
      { InstanceId: ID, Status: 'InProgress' },
      { InstanceId: OTHER, Status: 'Cancelled' },
    ]);
  });
});

describe('what is asked of commands', () => {
  const unknown = '00000000-0000-4000-8000-000000000000';

  it('refuses what does not exist', async () => {
    const { send, call } = service();
    const { CommandId } = await send();
    await expect(call('CancelCommand', { CommandId: unknown })).rejects.toMatchObject({
      code: 'InvalidCommandId',
    });
    await expect(call('ListCommands', { CommandId: unknown })).rejects.toMatchObject({
      code: 'InvalidCommandId',
    });
    for (const input of [
      { CommandId, InstanceId: OTHER },
      { CommandId: unknown, InstanceId: ID },
    ]) {
      await expect(call('GetCommandInvocation', input)).rejects.toMatchObject({
        code: 'InvocationDoesNotExist',
      });
    }
  });

  it('filters, the newest first, page by page', async () => {
    const { send, call } = service();
    const ids = [];
    for (const Comment of ['a', 'b', 'c']) ids.push((await send({ Comment })).CommandId);
    await send({ DocumentName: 'AWS-RunPatchBaseline' });
    const Filters = [
      { key: 'DocumentName', value: DOCUMENT },
      { key: 'Status', value: 'Success' },
      { key: 'InvokedAfter', value: '2020-01-01T00:00:00Z' },
    ];
    const first = await call('ListCommands', { Filters, MaxResults: 2 });
    expect(first.Commands).toMatchObject([{ Comment: 'c' }, { Comment: 'b' }]);
    const rest = await call('ListCommands', { Filters, MaxResults: 2, NextToken: first.NextToken });
    expect(rest).toMatchObject({ Commands: [{ CommandId: ids[0] }] });
    expect(rest).not.toHaveProperty('NextToken');
    const before = [{ key: 'InvokedBefore', value: '2020-01-01T00:00:00Z' }];
    expect(await call('ListCommandInvocations', { Filters: before })).toEqual({ CommandInvocations: [] });
    expect(await call('ListCommands', { InstanceId: OTHER })).toEqual({ Commands: [] });
  });

  it.each(['ExecutionStages', 'constructor'])('refuses the filter %s', async (key) => {
    const { call } = service();
    await expect(call('ListCommands', { Filters: [{ key, value: 'x' }] })).rejects.toMatchObject({
      code: 'InvalidFilterKey',
    });
  });
});
