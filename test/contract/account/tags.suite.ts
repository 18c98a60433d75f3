import { expect } from 'vitest';
import {
  at,
  type Contract,
  describeGroup,
  listAt,
  newGroup,
  newInstance,
  refuses,
  textAt,
  unique,
} from './contract.ts';

export function tags(contract: Contract): void {
  const { ec2, tagging, test } = contract;
  const tagsOf = async (groupId: string) => {
    const list = listAt(await describeGroup(contract, groupId), 'Tags');
    return Object.fromEntries(list.map((tag) => [textAt(tag, 'Key'), at(tag, 'Value')]));
  };
  const arnOf = async (groupId: string) => {
    const ownerId = textAt(await describeGroup(contract, groupId), 'OwnerId');
    return `arn:aws:ec2:us-east-1:${ownerId}:security-group/${groupId}`;
  };

  test('CreateTags adds and replaces, DeleteTags removes', async () => {
    const [groupId, instanceId] = [await newGroup(contract), await newInstance(contract)];
    const Resources = [groupId, instanceId];
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '<&>"\u00e9' },
    ];
    await ec2('CreateTags', { Resources, Tags });
    await ec2('CreateTags', { Resources: [groupId], Tags: [{ Key: 'a', Value: '2' }] });
    expect(await tagsOf(groupId)).toEqual({ a: '2', b: '<&>"\u00e9' });
    await ec2('DeleteTags', { Resources, Tags: [{ Key: 'b' }] });
    expect(await tagsOf(groupId)).toEqual({ a: '2' });
  });

  test('DeleteTags with a value removes the tag only where it has that value', async () => {
    const Resources = [await newGroup(contract)];
    await ec2('CreateTags', { Resources, Tags: [{ Key: 'a', Value: '1' }] });
    await ec2('DeleteTags', { Resources, Tags: [{ Key: 'a', Value: '2' }] });
    expect(await tagsOf(Resources[0] ?? '')).toEqual({ a: '1' });
    await ec2('DeleteTags', { Resources, Tags: [{ Key: 'a', Value: '1' }] });
    expect(await tagsOf(Resources[0] ?? '')).toEqual({});
  });

  test('DeleteTags without tags removes all', async () => {
    const groupId = await newGroup(contract);
    await ec2('CreateTags', { Resources: [groupId], Tags: [{ Key: 'a', Value: '1' }] });
    await ec2('DeleteTags', { Resources: [groupId] });
    expect(await tagsOf(groupId)).toEqual({});
  });

  test('CreateTags refuses resources that do not exist, and tags none', async () => {
    const groupId = await newGroup(contract);
    const Tags = [{ Key: 'a', Value: '1' }];
    const Resources = [groupId, 'sg-0fedcba9876543210'];
    await refuses(ec2('CreateTags', { Resources, Tags }), 'InvalidGroup.NotFound');
    expect(await tagsOf(groupId)).toEqual({});
  });

  test('CreateTags refuses what is no ID', async () => {
    const Tags = [{ Key: 'a', Value: '1' }];
    await refuses(ec2('CreateTags', { Resources: ['nothing'], Tags }), 'InvalidID');
  });

  test('CreateTags refuses reserved keys', async () => {
    const Resources = [await newGroup(contract)];
    const Tags = [{ Key: 'aws:mine', Value: '1' }];
    await refuses(ec2('CreateTags', { Resources, Tags }), 'InvalidParameterValue');
  });

  test('CreateTags refuses a fifty-first tag', async () => {
    const Resources = [await newGroup(contract)];
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    await refuses(ec2('CreateTags', { Resources, Tags }), 'TagLimitExceeded');
  });

  test('DescribeTags finds tags by resource, type, key and value', async () => {
    const groupId = await newGroup(contract);
    const key = unique('key');
    await ec2('CreateTags', { Resources: [groupId], Tags: [{ Key: key, Value: 'v' }] });
    const tag = { Key: key, Value: 'v', ResourceId: groupId, ResourceType: 'security-group' };
    for (const [Name, value] of Object.entries({ key, 'resource-id': groupId })) {
      expect((await ec2('DescribeTags', { Filters: [{ Name, Values: [value] }] })).Tags).toEqual([tag]);
    }
    const others = [
      { Name: 'key', Values: [key] },
      { Name: 'resource-type', Values: ['instance'] },
    ];
    expect((await ec2('DescribeTags', { Filters: others })).Tags).toEqual([]);
  });

  test('GetResources finds resources by tag and type', async () => {
    const groupId = await newGroup(contract);
    const [key, arn] = [unique('key'), await arnOf(groupId)];
    await ec2('CreateTags', { Resources: [groupId], Tags: [{ Key: key, Value: 'True' }] });
    const find = async (Values: readonly string[], ...ResourceTypeFilters: readonly string[]) => {
      const found = await tagging('GetResources', {
        TagFilters: [{ Key: key, Values }],
        ResourceTypeFilters,
      });
      return found.ResourceTagMappingList;
    };
    const mapping = { ResourceARN: arn, Tags: [{ Key: key, Value: 'True' }] };
    expect(await find(['True', 'true'], 'ec2:security-group')).toEqual([mapping]);
    expect(await find([])).toEqual([mapping]);
    expect(await find(['false'])).toEqual([]);
    expect(await find([], 'ec2:instance')).toEqual([]);
  });

  test('GetResources finds resources by ARN, and only those that are or were tagged', async () => {
    const [tagged, bare] = [await newGroup(contract), await newGroup(contract)];
    await ec2('CreateTags', { Resources: [tagged], Tags: [{ Key: 'a', Value: '1' }] });
    const ResourceARNList = [await arnOf(tagged), await arnOf(bare)];
    const found = await tagging('GetResources', { ResourceARNList });
    expect(found.ResourceTagMappingList).toEqual([
      { ResourceARN: ResourceARNList[0], Tags: [{ Key: 'a', Value: '1' }] },
    ]);
  });

  test('TagResources and UntagResources work on ARNs', async () => {
    const groupId = await newGroup(contract);
    const ResourceARNList = [await arnOf(groupId)];
    const tagged = await tagging('TagResources', { ResourceARNList, Tags: { a: '1', b: '2' } });
    expect(tagged.FailedResourcesMap ?? {}).toEqual({});
    expect(await tagsOf(groupId)).toEqual({ a: '1', b: '2' });
    await tagging('UntagResources', { ResourceARNList, TagKeys: ['a'] });
    expect(await tagsOf(groupId)).toEqual({ b: '2' });
  });

  test('TagResources tells which resources failed', async () => {
    const arn = (await arnOf(await newGroup(contract))).replace(/sg-.*/, 'sg-0fedcba9876543210');
    const tagged = await tagging('TagResources', { ResourceARNList: [arn], Tags: { a: '1' } });
    expect(at(tagged, 'FailedResourcesMap', arn)).toMatchObject({
      StatusCode: 400,
      ErrorCode: 'InvalidParameterException',
    });
  });
}
