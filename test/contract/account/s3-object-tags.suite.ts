import { expect } from 'vitest';
import { type Contract, listAt, refuses, textAt } from './contract.ts';
import { newBucket } from './s3.ts';

export function s3ObjectTags(contract: Contract): void {
  const { s3, test } = contract;

  test('Objects have tags, which copies take over or get anew', async () => {
    const Bucket = await newBucket(contract);
    const tagsOf = async (Key: string) =>
      Object.fromEntries(
        listAt(await s3('GetObjectTagging', { Bucket, Key }), 'TagSet').map((each) => [
          textAt(each, 'Key'),
          textAt(each, 'Value'),
        ]),
      );
    await s3('PutObject', { Bucket, Key: 'a', Body: 'x', Tagging: 'one=1&two=2%2F2' });
    expect(await tagsOf('a')).toEqual({ one: '1', two: '2/2' });
    expect((await s3('GetObject', { Bucket, Key: 'a' })).TagCount).toBe(2);
    const CopySource = `${Bucket}/a`;
    await s3('CopyObject', { Bucket, Key: 'b', CopySource });
    const anew = { TaggingDirective: 'REPLACE', Tagging: 'three=3' };
    await s3('CopyObject', { Bucket, Key: 'c', CopySource, ...anew });
    expect([await tagsOf('b'), await tagsOf('c')]).toEqual([{ one: '1', two: '2/2' }, { three: '3' }]);
    await s3('PutObjectTagging', { Bucket, Key: 'b', Tagging: { TagSet: [{ Key: 'four', Value: '4' }] } });
    expect(await tagsOf('b')).toEqual({ four: '4' });
    await s3('DeleteObjectTagging', { Bucket, Key: 'b' });
    expect(await tagsOf('b')).toEqual({});
  });

  test('Tags of what is not there, and tags that there are none of, are refused', async () => {
    const Bucket = await newBucket(contract);
    const put = (Key: string, keys: readonly string[]) =>
      s3('PutObjectTagging', {
        Bucket,
        Key,
        Tagging: { TagSet: keys.map((each) => ({ Key: each, Value: '' })) },
      });
    await s3('PutObject', { Bucket, Key: 'a', Body: 'x' });
    await refuses(s3('GetObjectTagging', { Bucket, Key: 'none' }), 'NoSuchKey');
    await refuses(put('none', ['x']), 'NoSuchKey');
    await refuses(put('a', ['x', 'x']), 'InvalidTag');
    await refuses(put('a', ['aws:x']), 'InvalidTag');
    await refuses(put('a', ['a&b']), 'InvalidTag');
    await refuses(put('a', [...'abcdefghijk']), 'BadRequest');
  });
}
