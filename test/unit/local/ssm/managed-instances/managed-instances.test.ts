import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { AGENT_POLICY, fleet } from './fleet.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

async function newFleet(options: Parameters<typeof fleet>[0] = {}) {
  const all = await fleet(options);
  const list = async (input: JsonObject = {}) => {
    const found = await all.call('DescribeInstanceInformation', input);
    return (found.InstanceInformationList as readonly JsonObject[]).map(
      ({ InstanceId, PingStatus }) => `${InstanceId} ${PingStatus}`,
    );
  };
  return { ...all, list };
}

describe('DescribeInstanceInformation', () => {
  it('lists the instances that run with a role for the agent', async () => {
    const { launch, call } = await newFleet();
    const id = await launch();
    await launch({});
    const { InstanceInformationList } = await call('DescribeInstanceInformation');
    expect(InstanceInformationList).toEqual([
      expect.objectContaining({
        InstanceId: id,
        PingStatus: 'Online',
        PlatformType: 'Linux',
        ResourceType: 'EC2Instance',
        IamRole: 'agent',
        RegistrationDate: new Date('2026-01-02T03:04:05.678Z'),
      }),
    ]);
  });

  it('knows an instance as soon as its role has the policy', async () => {
    const { launch, iam, list } = await newFleet();
    const id = await launch();
    await iam('DetachRolePolicy', { RoleName: 'agent', PolicyArn: AGENT_POLICY });
    expect(await list()).toEqual([]);
    await iam('AttachRolePolicy', { RoleName: 'agent', PolicyArn: AGENT_POLICY });
    expect(await list()).toEqual([`${id} Online`]);
  });

  it('keeps one that was reached once, until it is terminated', async () => {
    const { launch, ec2, list } = await newFleet();
    const id = await launch();
    await list();
    await ec2('StopInstances', { InstanceIds: [id] });
    expect(await list()).toEqual([`${id} ConnectionLost`]);
    await ec2('StartInstances', { InstanceIds: [id] });
    expect(await list()).toEqual([`${id} Online`]);
    await ec2('TerminateInstances', { InstanceIds: [id] });
    expect(await list()).toEqual([]);
  });

  it('has both kinds of filters', async () => {
    const { launch, ec2, list } = await newFleet();
    const [first, second] = [await launch(), await launch()];
    await ec2('CreateTags', { Resources: [second], Tags: [{ Key: 'team', Value: 'a' }] });
    const filtered = (Key: string, ...Values: string[]) => list({ Filters: [{ Key, Values }] });
    expect(await filtered('InstanceIds', first)).toEqual([`${first} Online`]);
    expect(await filtered('tag:team', 'a')).toEqual([`${second} Online`]);
    expect(await filtered('tag-key', 'team')).toEqual([`${second} Online`]);
    expect(await filtered('PingStatus', 'ConnectionLost')).toEqual([]);
    const old = { InstanceInformationFilterList: [{ key: 'InstanceIds', valueSet: [second] }] };
    expect(await list(old)).toEqual([`${second} Online`]);
    await expect(filtered('Colour', 'red')).rejects.toEqual(code('InvalidFilterKey'));
    await expect(filtered('PingStatus')).rejects.toEqual(code('InvalidInstanceInformationFilterValue'));
  });

  it('gives pages', async () => {
    const { launch, call } = await newFleet();
    for (let count = 0; count < 6; count += 1) await launch();
    const first = await call('DescribeInstanceInformation', { MaxResults: 5 });
    expect(first.InstanceInformationList).toHaveLength(5);
    const rest = await call('DescribeInstanceInformation', { MaxResults: 5, NextToken: first.NextToken });
    expect(rest.InstanceInformationList).toHaveLength(1);
    expect(rest.NextToken).toBeUndefined();
  });
});

describe('Run Command', () => {
  it('reaches managed instances alone', async () => {
    const { launch, call } = await newFleet();
    const [managed, other] = [await launch(), await launch({})];
    const send = (id: string) =>
      call('SendCommand', { DocumentName: 'AWS-RunShellScript', InstanceIds: [id] });
    await send(managed);
    await expect(send(other)).rejects.toEqual(code('InvalidInstanceId'));
  });
});

describe('DescribeInstancePatchStates', () => {
  it('tells of the last run of AWS-RunPatchBaseline', async () => {
    let fails = false;
    const { launch, call } = await newFleet({
      respond: () => (fails ? { responseCode: 1, error: 'no space' } : {}),
    });
    const [id, other] = [await launch(), await launch()];
    const patch = (Operation: string) =>
      call('SendCommand', {
        DocumentName: 'AWS-RunPatchBaseline',
        InstanceIds: [id],
        Parameters: { Operation: [Operation] },
      });
    const states = async () =>
      (await call('DescribeInstancePatchStates', { InstanceIds: [id, other] })).InstancePatchStates;
    expect(await states()).toEqual([]);
    await patch('Scan');
    expect(await states()).toEqual([
      expect.objectContaining({ InstanceId: id, Operation: 'Scan', FailedCount: 0, MissingCount: 0 }),
    ]);
    fails = true;
    await patch('Install');
    expect(await states()).toEqual([
      expect.objectContaining({ InstanceId: id, Operation: 'Install', FailedCount: 1 }),
    ]);
    await expect(call('DescribeInstancePatchStates')).rejects.toEqual(code('ValidationException'));
  });
});
