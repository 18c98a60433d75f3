import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, textAt } from './contract.ts';
import { bodyText, newBucket } from './s3.ts';

export function s3Objects(contract: Contract): void {
  const { s3, test } = contract;
  const keysOf = (listing: object) =>
    (at(listing, 'Contents') ? listAt(listing, 'Contents') : []).map((each) => at(each, 'Key'));
  const newVersioned = async () => {
    const Bucket = await newBucket(contract);
    await s3('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    return Bucket;
  };

  test('An object is read as it was written', async () => {
    const Bucket = await newBucket(contract);
    const Key = 'a folder/grüße+100%&<x>=?#.json';
    const etag = `"${createHash('md5').update('{"ä":1}').digest('hex')}"`;
    const put = await s3('PutObject', {
      Bucket,
      Key,
      Body: '{"ä":1}',
      ContentType: 'application/json',
      Metadata: { purpose: 'test' },
    });
    expect(put.ETag).toBe(etag);
    const found = await s3('GetObject', { Bucket, Key });
    expect(await bodyText(found)).toBe('{"ä":1}');
    const head = await s3('HeadObject', { Bucket, Key });
    for (const each of [found, head]) {
      expect(each).toMatchObject({
        ContentType: 'application/json',
        ContentLength: 8,
        ETag: etag,
        Metadata: { purpose: 'test' },
      });
    }
    expect(keysOf(await s3('ListObjectsV2', { Bucket }))).toEqual([Key]);
  });

  test("Objects are encrypted, by S3's own keys or as their bucket says", async () => {
    const Bucket = await newBucket(contract);
    const algorithm = async (Key: string) => {
      await s3('PutObject', { Bucket, Key, Body: 'x' });
      return (await s3('HeadObject', { Bucket, Key })).ServerSideEncryption;
    };
    expect(await algorithm('a')).toBe('AES256');
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }];
    await s3('PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: { Rules } });
    expect(await algorithm('b')).toBe('aws:kms');
  });

  test('What is not there is told', async () => {
    const Bucket = await newBucket(contract);
    await refuses(s3('GetObject', { Bucket, Key: 'none' }), 'NoSuchKey');
    await refuses(s3('HeadObject', { Bucket, Key: 'none' }), 'NotFound');
    await s3('DeleteObject', { Bucket, Key: 'none' });
    await refuses(s3('PutObject', { Bucket: 'no-such-bucket-4f1c', Key: 'a', Body: '' }), 'NoSuchBucket');
  });

  test('Writing again replaces, and only where the condition holds', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutObject', { Bucket, Key: 'a', Body: 'one', IfNoneMatch: '*' });
    await refuses(s3('PutObject', { Bucket, Key: 'a', Body: 'two', IfNoneMatch: '*' }), 'PreconditionFailed');
    const { ETag } = await s3('PutObject', { Bucket, Key: 'a', Body: 'two' });
    expect(await bodyText(await s3('GetObject', { Bucket, Key: 'a' }))).toBe('two');
    await refuses(s3('GetObject', { Bucket, Key: 'a', IfMatch: '"0"' }), 'PreconditionFailed');
    await bodyText(await s3('GetObject', { Bucket, Key: 'a', IfMatch: ETag }));
  });

  test('A range of bytes is read', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutObject', { Bucket, Key: 'a', Body: '0123456789' });
    const read = async (Range: string) => {
      const found = await s3('GetObject', { Bucket, Key: 'a', Range });
      return [await bodyText(found), found.ContentRange];
    };
    expect(await read('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
    expect(await read('bytes=8-')).toEqual(['89', 'bytes 8-9/10']);
    expect(await read('bytes=-3')).toEqual(['789', 'bytes 7-9/10']);
    await refuses(s3('GetObject', { Bucket, Key: 'a', Range: 'bytes=10-' }), 'InvalidRange');
  });

  test('Listings have prefixes, delimiters and pages', async () => {
    const Bucket = await newBucket(contract);
    for (const Key of ['b', 'a/2', 'a/1', 'a/x/1', 'c']) await s3('PutObject', { Bucket, Key, Body: Key });
    expect(keysOf(await s3('ListObjectsV2', { Bucket }))).toEqual(['a/1', 'a/2', 'a/x/1', 'b', 'c']);
    const folder = await s3('ListObjectsV2', { Bucket, Prefix: 'a/', Delimiter: '/' });
    expect(keysOf(folder)).toEqual(['a/1', 'a/2']);
    expect(folder.CommonPrefixes).toEqual([{ Prefix: 'a/x/' }]);
    expect(folder.KeyCount).toBe(3);
    const first = await s3('ListObjectsV2', { Bucket, MaxKeys: 2, Delimiter: '/' });
    expect([first.CommonPrefixes, keysOf(first)]).toEqual([[{ Prefix: 'a/' }], ['b']]);
    expect(first.IsTruncated).toBe(true);
    const rest = await s3('ListObjectsV2', {
      Bucket,
      Delimiter: '/',
      ContinuationToken: first.NextContinuationToken,
    });
    expect(keysOf(rest)).toEqual(['c']);
    expect(keysOf(await s3('ListObjectsV2', { Bucket, StartAfter: 'a/x/1' }))).toEqual(['b', 'c']);
    expect(keysOf(await s3('ListObjects', { Bucket, Marker: 'b' }))).toEqual(['c']);
  });

  test('DeleteObjects deletes many', async () => {
    const Bucket = await newBucket(contract);
    for (const Key of ['a', 'b', 'c']) await s3('PutObject', { Bucket, Key, Body: Key });
    const deleted = await s3('DeleteObjects', {
      Bucket,
      Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }, { Key: 'none' }] },
    });
    expect(listAt(deleted, 'Deleted').map((each) => at(each, 'Key'))).toEqual(['a', 'b', 'none']);
    expect(keysOf(await s3('ListObjectsV2', { Bucket }))).toEqual(['c']);
  });

  test('A versioned bucket keeps what was replaced or deleted', async () => {
    const Bucket = await newVersioned();
    const first = textAt(await s3('PutObject', { Bucket, Key: 'a', Body: 'one' }), 'VersionId');
    const second = textAt(await s3('PutObject', { Bucket, Key: 'a', Body: 'two' }), 'VersionId');
    const marker = await s3('DeleteObject', { Bucket, Key: 'a' });
    expect(marker.DeleteMarker).toBe(true);
    await refuses(s3('GetObject', { Bucket, Key: 'a' }), 'NoSuchKey');
    expect(keysOf(await s3('ListObjectsV2', { Bucket }))).toEqual([]);
    expect(await bodyText(await s3('GetObject', { Bucket, Key: 'a', VersionId: first }))).toBe('one');
    const listed = await s3('ListObjectVersions', { Bucket });
    expect(listAt(listed, 'Versions').map((each) => at(each, 'VersionId'))).toEqual([second, first]);
    expect(listed.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
    await refuses(s3('DeleteBucket', { Bucket }), 'BucketNotEmpty');
    await s3('DeleteObject', { Bucket, Key: 'a', VersionId: marker.VersionId });
    expect(await bodyText(await s3('GetObject', { Bucket, Key: 'a' }))).toBe('two');
    for (const VersionId of [first, second]) await s3('DeleteObject', { Bucket, Key: 'a', VersionId });
    await s3('DeleteBucket', { Bucket });
  });

  test('CopyObject copies content and metadata, or gives new', async () => {
    const Bucket = await newBucket(contract);
    const Key = 'from ü';
    await s3('PutObject', { Bucket, Key, Body: 'x', ContentType: 'text/plain', Metadata: { a: '1' } });
    const CopySource = `${Bucket}/${encodeURIComponent(Key)}`;
    const copied = await s3('CopyObject', { Bucket, Key: 'to', CopySource });
    expect(at(copied, 'CopyObjectResult', 'ETag')).toBe(`"${createHash('md5').update('x').digest('hex')}"`);
    const head = await s3('HeadObject', { Bucket, Key: 'to' });
    expect(head).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' } });
    await s3('CopyObject', {
      Bucket,
      Key: 'to',
      CopySource,
      MetadataDirective: 'REPLACE',
      Metadata: { b: '2' },
    });
    expect((await s3('HeadObject', { Bucket, Key: 'to' })).Metadata).toEqual({ b: '2' });
    await refuses(s3('CopyObject', { Bucket, Key: 'to', CopySource: `${Bucket}/none` }), 'NoSuchKey');
    await refuses(s3('CopyObject', { Bucket, Key, CopySource }), 'InvalidRequest');
  });

  test('CopyObject copies only what its conditions allow', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutObject', { Bucket, Key: 'a', Body: 'x' });
    const ETag = `"${createHash('md5').update('x').digest('hex')}"`;
    const copy = (conditions: object) =>
      s3('CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a`, ...conditions });
    await refuses(copy({ CopySourceIfMatch: '"other"' }), 'PreconditionFailed');
    await refuses(copy({ CopySourceIfNoneMatch: ETag }), 'PreconditionFailed');
    await refuses(copy({ CopySourceIfUnmodifiedSince: new Date(0) }), 'PreconditionFailed');
    await copy({ CopySourceIfMatch: ETag });
  });
}
