import { expect } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { at, type Contract, listAt, refuses, textAt, unique } from './contract.ts';

export function ssmParameters({ ssm, test }: Contract): void {
  const put = (Name: string, input: JsonObject = {}) =>
    ssm('PutParameter', { Name, Type: 'String', Value: 'value', ...input });
  const newName = () => `/${unique('parameter')}`;

  test('A parameter has a value, and a version for each that it had', async () => {
    const Name = newName();
    expect(await put(Name)).toMatchObject({ Version: 1, Tier: 'Standard' });
    expect(await put(Name, { Value: 'new', Overwrite: true })).toMatchObject({ Version: 2 });
    expect(await ssm('GetParameter', { Name })).toMatchObject({
      Parameter: {
        Name,
        Type: 'String',
        Value: 'new',
        Version: 2,
        ARN: expect.stringMatching(new RegExp(`^arn:aws:ssm:us-east-1:\\d{12}:parameter${Name}$`)),
        LastModifiedDate: expect.any(Date),
      },
    });
    const first = await ssm('GetParameter', { Name: `${Name}:1` });
    expect(first).toMatchObject({ Parameter: { Value: 'value', Selector: ':1' } });
    await ssm('DeleteParameter', { Name });
    await refuses(ssm('GetParameter', { Name }), 'ParameterNotFound');
  });

  test('PutParameter replaces nothing unless it is told to', async () => {
    const Name = newName();
    await put(Name);
    await refuses(put(Name, { Value: 'other' }), 'ParameterAlreadyExists');
    expect(at(await ssm('GetParameter', { Name }), 'Parameter', 'Value')).toBe('value');
  });

  test('Parameters and versions that do not exist are told', async () => {
    const Name = newName();
    await put(Name);
    await refuses(ssm('GetParameter', { Name: `${Name}:9` }), 'ParameterVersionNotFound');
    await refuses(ssm('GetParameter', { Name: '/none' }), 'ParameterNotFound');
    await refuses(ssm('DeleteParameter', { Name: '/none' }), 'ParameterNotFound');
    const Names = [Name, '/none'];
    const found = await ssm('GetParameters', { Names });
    expect(found).toMatchObject({ Parameters: [{ Name }], InvalidParameters: ['/none'] });
    const deleted = await ssm('DeleteParameters', { Names });
    expect(deleted).toMatchObject({ DeletedParameters: [Name], InvalidParameters: ['/none'] });
  });

  test('PutParameter refuses names that are none', async () => {
    await refuses(put('ssm-parameter'), 'ValidationException');
    await refuses(put('a parameter'), 'ValidationException');
    await refuses(put('/a'.repeat(16)), 'HierarchyLevelLimitExceededException');
  });

  test('PutParameter refuses values that do not fit type, tier or pattern', async () => {
    await refuses(put(newName(), { Type: 'Number' }), 'ValidationException');
    await refuses(put(newName(), { Value: 'x'.repeat(4097) }), 'ValidationException');
    await refuses(put(newName(), { AllowedPattern: '[0-9]+' }), 'ParameterPatternMismatchException');
  });

  test('A secure string is shown when that is asked for', async () => {
    const Name = newName();
    await put(Name, { Type: 'SecureString', Value: 'secret' });
    const sealed = await ssm('GetParameter', { Name });
    expect(textAt(sealed, 'Parameter', 'Value')).not.toBe('secret');
    const open = await ssm('GetParameter', { Name, WithDecryption: true });
    expect(open).toMatchObject({ Parameter: { Type: 'SecureString', Value: 'secret' } });
  });

  test('Parameters are found by their path', async () => {
    const Path = newName();
    for (const each of ['a', 'b', 'deep/c']) await put(`${Path}/${each}`);
    const names = async (input: JsonObject) =>
      listAt(await ssm('GetParametersByPath', { Path, ...input }), 'Parameters').map((each) =>
        textAt(each, 'Name'),
      );
    expect((await names({})).sort()).toEqual([`${Path}/a`, `${Path}/b`]);
    expect((await names({ Recursive: true })).sort()).toEqual([`${Path}/a`, `${Path}/b`, `${Path}/deep/c`]);
  });

  test('Parameters have tags', async () => {
    const ResourceId = newName();
    const on = { ResourceType: 'Parameter', ResourceId };
    await put(ResourceId, { Tags: [{ Key: 'a', Value: '1' }] });
    await ssm('AddTagsToResource', { ...on, Tags: [{ Key: 'b', Value: '2' }] });
    await ssm('RemoveTagsFromResource', { ...on, TagKeys: ['a'] });
    expect((await ssm('ListTagsForResource', on)).TagList).toEqual([{ Key: 'b', Value: '2' }]);
    await refuses(ssm('ListTagsForResource', { ...on, ResourceId: '/none' }), 'InvalidResourceId');
    await refuses(ssm('ListTagsForResource', { ...on, ResourceType: 'Secret' }), 'InvalidResourceType');
  });
}
