import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { createTagOperations } from '../../../../../local/ssm/tags/tag-operations.ts';
import { TagStore } from '../../../../../local/ssm/tags/tag-store.ts';
import { CONTEXT } from '../automation/support.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const RESOURCE = { ResourceType: 'OpsItem', ResourceId: 'oi-0123456789ab' };

function operations() {
  const tags = new TagStore();
  tags.register('OpsItem', 'oi-0123456789ab');
  const { operations: all } = createTagOperations({ tags });
  const call = (name: string, input: JsonObject) =>
    all[name]?.({ ...RESOURCE, ...input }, CONTEXT) as JsonObject;
  return { tags, call };
}

describe('tags of resources', () => {
  it('are added, overwritten, listed and removed', () => {
    const { call } = operations();
    call('AddTagsToResource', {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    call('AddTagsToResource', { Tags: [{ Key: 'a', Value: '3' }] });
    expect(call('ListTagsForResource', {})).toEqual({
      TagList: [
        { Key: 'a', Value: '3' },
        { Key: 'b', Value: '2' },
      ],
    });
    expect(call('RemoveTagsFromResource', { TagKeys: ['a', 'none'] })).toEqual({});
    expect(call('ListTagsForResource', {})).toEqual({ TagList: [{ Key: 'b', Value: '2' }] });
  });

  it.each<[string, string, JsonObject, string]>([
    ['an unknown type', 'ListTagsForResource', { ResourceType: 'Instance' }, 'InvalidResourceType'],
    ['an unknown resource', 'ListTagsForResource', { ResourceId: 'oi-none' }, 'InvalidResourceId'],
    ['no tags', 'AddTagsToResource', {}, 'ValidationException'],
    ['no keys', 'RemoveTagsFromResource', {}, 'ValidationException'],
    ['an empty key', 'AddTagsToResource', { Tags: [{ Key: '', Value: 'x' }] }, 'ValidationException'],
    ["AWS's prefix", 'AddTagsToResource', { Tags: [{ Key: 'aws:x', Value: 'x' }] }, 'ValidationException'],
    ['a tag that is text', 'AddTagsToResource', { Tags: ['a'] }, 'SerializationException'],
  ])('refuse %s', (_what, operation, input, expected) => {
    expect(() => operations().call(operation, input)).toThrow(code(expected));
  });

  it('are fifty at most, and a refused addition changes nothing', () => {
    const { call, tags } = operations();
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));
    call('AddTagsToResource', { Tags: many(50) });
    expect(() =>
      call('AddTagsToResource', {
        Tags: [
          { Key: 'new', Value: 'v' },
          { Key: 'k0', Value: 'w' },
        ],
      }),
    ).toThrow(code('TooManyTagsError'));
    expect(tags.list('OpsItem', RESOURCE.ResourceId)).toEqual(many(50));
  });

  it('do not mix types and IDs', () => {
    const tags = new TagStore();
    tags.set('a', 'b c', [{ Key: 'k', Value: '1' }]);
    expect(tags.exists('a b', 'c')).toBe(false);
    tags.unregister('a', 'b c');
    expect(tags.list('a', 'b c')).toEqual([]);
  });
});
