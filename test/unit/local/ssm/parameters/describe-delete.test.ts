import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack } from '../automation/support.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

function store() {
  const { call } = automationStack();
  const put = (Name: string, more: JsonObject = {}) =>
    call('PutParameter', { Name, Type: 'String', Value: `value of ${Name}`, ...more });
  const names = (output: JsonObject) =>
    (output.Parameters as readonly JsonObject[]).map(({ Name }) => String(Name));
  return { call, put, names };
}

describe('DeleteParameter', () => {
  it('deletes a parameter with all its versions and tags', () => {
    const { call, put } = store();
    put('/app/key', { Tags: [{ Key: 'a', Value: '1' }] });
    put('/app/key', { Value: 'two', Overwrite: true });
    call('DeleteParameter', { Name: '/app/key' });
    expect(() => call('GetParameter', { Name: '/app/key' })).toThrow(code('ParameterNotFound'));
    expect(() => call('DeleteParameter', { Name: '/app/key' })).toThrow(code('ParameterNotFound'));
    expect(put('/app/key')).toMatchObject({ Version: 1 });
    const tags = call('ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/app/key' });
    expect(tags).toEqual({ TagList: [] });
  });

  it('deletes several, and lists those that are not there', () => {
    const { call, put } = store();
    put('a');
    expect(call('DeleteParameters', { Names: ['a', 'b', 'a'] })).toEqual({
      DeletedParameters: ['a'],
      InvalidParameters: ['b'],
    });
    expect(() => call('DeleteParameters')).toThrow(code('ValidationException'));
  });
});

describe('DescribeParameters', () => {
  it('tells what is known beside the value', () => {
    const { call, put } = store();
    put('/app/key', { Description: 'a key', Type: 'SecureString', Tier: 'Advanced' });
    const [found] = call('DescribeParameters').Parameters as readonly JsonObject[];
    expect(found).toMatchObject({
      Name: '/app/key',
      Type: 'SecureString',
      KeyId: 'alias/aws/ssm',
      Description: 'a key',
      Tier: 'Advanced',
      Version: 1,
    });
    expect(found).not.toHaveProperty('Value');
  });

  it.each([
    [{ Key: 'Name', Values: ['/app/a'] }, ['/app/a']],
    [{ Key: 'Name', Option: 'BeginsWith', Values: ['/app/'] }, ['/app/a', '/app/b/c']],
    [{ Key: 'Name', Option: 'Contains', Values: ['b'] }, ['/app/b/c']],
    [{ Key: 'Path', Values: ['/app'] }, ['/app/a']],
    [{ Key: 'Path', Option: 'Recursive', Values: ['/app'] }, ['/app/a', '/app/b/c']],
    [{ Key: 'tag:team', Values: ['x'] }, ['other']],
    [{ Key: 'tag:team' }, ['other']],
    [{ Key: 'Type', Values: ['StringList'] }, []],
  ])('filters by %j', (filter, expected) => {
    const { call, put, names } = store();
    put('/app/a');
    put('/app/b/c');
    put('other', { Tags: [{ Key: 'team', Value: 'x' }] });
    expect(names(call('DescribeParameters', { ParameterFilters: [filter] }))).toEqual(expected);
  });

  it.each([
    [{ Key: 'Colour', Values: ['red'] }, 'InvalidFilterKey'],
    [{ Key: 'Name', Option: 'Like', Values: ['a'] }, 'InvalidFilterOption'],
    [{ Key: 'Name' }, 'InvalidFilterValue'],
  ])('refuses %j', (filter, expected) => {
    const { call } = store();
    expect(() => call('DescribeParameters', { ParameterFilters: [filter] })).toThrow(code(expected));
  });
});

describe('GetParametersByPath', () => {
  it('gets what is right below a path, or at any depth', () => {
    const { call, put, names } = store();
    for (const name of ['/app/a', '/app/b/c', '/apple/d', 'app']) put(name);
    expect(names(call('GetParametersByPath', { Path: '/app' }))).toEqual(['/app/a']);
    const deep = call('GetParametersByPath', { Path: '/app/', Recursive: true });
    expect(names(deep)).toEqual(['/app/a', '/app/b/c']);
    expect(deep.Parameters).toMatchObject([{ Value: 'value of /app/a' }, { Value: 'value of /app/b/c' }]);
    expect(() => call('GetParametersByPath', { Path: 'app' })).toThrow(code('ValidationException'));
  });

  it('gives pages', () => {
    const { call, put, names } = store();
    for (const name of ['/p/a', '/p/b', '/p/c']) put(name);
    const first = call('GetParametersByPath', { Path: '/p', MaxResults: 2 });
    expect(names(first)).toEqual(['/p/a', '/p/b']);
    const rest = call('GetParametersByPath', { Path: '/p', MaxResults: 2, NextToken: first.NextToken });
    expect(names(rest)).toEqual(['/p/c']);
  });
});
