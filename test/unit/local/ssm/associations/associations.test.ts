import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { fleet } from '../managed-instances/fleet.ts';

const DOCUMENT = 'AWS-GatherSoftwareInventory';
const code = (expected: string) => expect.objectContaining({ code: expected });

async function stateManager() {
  const broken = new Set<string>();
  const all = await fleet({
    respond: (_command, id) => (broken.has(id) ? { responseCode: 1, error: 'broken' } : {}),
  });
  const create = async (input: JsonObject) => {
    const created = await all.call('CreateAssociation', { Name: DOCUMENT, ...input });
    return created.AssociationDescription as JsonObject & { AssociationId: string };
  };
  const statusOn = async (InstanceId: string) => {
    const found = await all.call('DescribeInstanceAssociationsStatus', { InstanceId });
    return (found.InstanceAssociationStatusInfos as readonly JsonObject[]).map(({ Status }) => Status);
  };
  return { ...all, broken, create, statusOn };
}

describe('associations', () => {
  it('are applied when they are made', async () => {
    const { launch, create, call, statusOn } = await stateManager();
    const InstanceId = await launch();
    const Parameters = { networkConfig: ['Enabled'] };
    const made = await create({ InstanceId, Parameters, AssociationName: 'inventory' });
    expect(made).toMatchObject({
      Name: DOCUMENT,
      InstanceId,
      Parameters,
      AssociationName: 'inventory',
      AssociationVersion: '1',
      Targets: [{ Key: 'InstanceIds', Values: [InstanceId] }],
    });
    expect(await statusOn(InstanceId)).toEqual(['Success']);
    expect((await call('ListCommands')).Commands).toMatchObject([{ DocumentName: DOCUMENT, Parameters }]);
    const { Associations } = await call('ListAssociations');
    expect(Associations).toMatchObject([
      { AssociationId: made.AssociationId, Overview: { Status: 'Success' } },
    ]);
    const described = await call('DescribeAssociation', { Name: DOCUMENT, InstanceId });
    expect(described.AssociationDescription).toMatchObject({
      AssociationId: made.AssociationId,
      Overview: { Status: 'Success', AssociationStatusAggregatedCount: { Success: 1 } },
    });
  });

  it('that failed are found, and run again', async () => {
    const { launch, create, call, broken, statusOn } = await stateManager();
    const [good, bad] = [await launch(), await launch()];
    broken.add(bad);
    const { AssociationId } = await create({ Targets: [{ Key: 'InstanceIds', Values: [good, bad] }] });
    expect([await statusOn(good), await statusOn(bad)]).toEqual([['Success'], ['Failed']]);
    const failed = async () =>
      (
        await call('ListAssociations', {
          AssociationFilterList: [{ key: 'AssociationStatusName', value: 'Failed' }],
        })
      ).Associations;
    expect(await failed()).toMatchObject([{ AssociationId }]);
    broken.clear();
    await call('StartAssociationsOnce', { AssociationIds: [AssociationId] });
    expect(await statusOn(bad)).toEqual(['Success']);
    expect(await failed()).toEqual([]);
    const { AssociationExecutions } = await call('DescribeAssociationExecutions', { AssociationId });
    expect(AssociationExecutions).toMatchObject([
      { Status: 'Success', ResourceCountByStatus: '{Success=2}' },
      { Status: 'Failed', ResourceCountByStatus: '{Success=1, Failed=1}' },
    ]);
  });

  it('reach instances by tag, and those alone', async () => {
    const { launch, create, ec2, statusOn } = await stateManager();
    const [tagged, other] = [await launch(), await launch()];
    await ec2('CreateTags', { Resources: [tagged], Tags: [{ Key: 'team', Value: 'a' }] });
    await create({ Targets: [{ Key: 'tag:team', Values: ['a'] }] });
    expect([await statusOn(tagged), await statusOn(other)]).toEqual([['Success'], []]);
  });

  it('that wait for their schedule are not applied until they are started', async () => {
    const { launch, create, call, statusOn } = await stateManager();
    const InstanceId = await launch();
    const { AssociationId } = await create({
      InstanceId,
      ScheduleExpression: 'rate(1 day)',
      ApplyOnlyAtCronInterval: true,
    });
    expect(await statusOn(InstanceId)).toEqual([]);
    await call('StartAssociationsOnce', { AssociationIds: [AssociationId] });
    expect(await statusOn(InstanceId)).toEqual(['Success']);
  });

  it('are deleted by document and instance', async () => {
    const { launch, create, call } = await stateManager();
    const InstanceId = await launch();
    await create({ InstanceId });
    await expect(create({ InstanceId })).rejects.toEqual(code('AssociationAlreadyExists'));
    await call('DeleteAssociation', { Name: DOCUMENT, InstanceId });
    expect((await call('ListAssociations')).Associations).toEqual([]);
  });

  it.each([
    ['neither instance nor targets', {}, 'ValidationException'],
    ['an instance that is not managed', { InstanceId: 'i-0123456789abcdef0' }, 'InvalidInstanceId'],
    ['a target that is none', { Targets: [{ Key: 'colour', Values: ['red'] }] }, 'InvalidTarget'],
    [
      'parameters that are no lists',
      { Targets: [{ Key: 'tag-key', Values: ['a'] }], Parameters: { a: 'b' } },
      'InvalidParameters',
    ],
    [
      'a schedule that is none',
      { Targets: [{ Key: 'tag-key', Values: ['a'] }], ScheduleExpression: 'daily' },
      'InvalidSchedule',
    ],
    [
      'a runbook',
      { Targets: [{ Key: 'tag-key', Values: ['a'] }], AutomationTargetParameterName: 'InstanceId' },
      'ValidationException',
    ],
  ])('with %s are refused', async (_what, input, expected) => {
    const { create, call } = await stateManager();
    await expect(create(input)).rejects.toEqual(code(expected));
    expect((await call('ListAssociations')).Associations).toEqual([]);
  });

  it('that do not exist are told', async () => {
    const { call } = await stateManager();
    const AssociationId = '00000000-0000-4000-8000-000000000000';
    await expect(call('DescribeAssociation', { AssociationId })).rejects.toEqual(
      code('AssociationDoesNotExist'),
    );
    await expect(call('DeleteAssociation', { AssociationId })).rejects.toEqual(
      code('AssociationDoesNotExist'),
    );
    const starting = call('StartAssociationsOnce', { AssociationIds: [AssociationId] });
    await expect(starting).rejects.toEqual(code('InvalidAssociation'));
    const status = call('DescribeInstanceAssociationsStatus', { InstanceId: 'i-0123456789abcdef0' });
    await expect(status).rejects.toEqual(code('InvalidInstanceId'));
  });
});
