import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../local/service.ts';
import { ACCOUNT_ID, accountFixture } from '../../account.fixture.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

function fixture() {
  const { account, clock } = accountFixture();
  const s3 = (operation: string, input: JsonObject = {}, region = 'us-east-1') =>
    account.call({ service: 's3', operation, input, region });
  return { account, clock, s3 };
}

describe('buckets', () => {
  it('are seen from every region, and know their own', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket', CreateBucketConfiguration: { LocationConstraint: 'EU' } });
    expect(await s3('HeadBucket', { Bucket: 'bucket' }, 'ap-south-1')).toMatchObject({
      BucketRegion: 'eu-west-1',
    });
  });

  it.each([
    ['us-east-1', { LocationConstraint: 'us-east-1' }, 'InvalidLocationConstraint'],
    ['us-east-1', { LocationConstraint: 'nowhere' }, 'InvalidLocationConstraint'],
    ['eu-west-1', undefined, 'IllegalLocationConstraintException'],
    ['eu-west-1', { LocationConstraint: 'eu-west-2' }, 'IllegalLocationConstraintException'],
  ])('are refused from %s with %j', async (region, CreateBucketConfiguration, expected) => {
    const { s3 } = fixture();
    const input = { Bucket: 'bucket', ...(CreateBucketConfiguration && { CreateBucketConfiguration }) };
    await expect(s3('CreateBucket', input, region)).rejects.toEqual(code(expected));
  });

  it.each(['a'.repeat(64), 'xn--bucket', 'bucket-s3alias', 'bucket.', 'a..b', '10.0.0.1'])(
    'are not called %s',
    async (Bucket) => {
      const { s3 } = fixture();
      await expect(s3('CreateBucket', { Bucket })).rejects.toEqual(code('InvalidBucketName'));
    },
  );

  it('cannot be public from the start', async () => {
    const { s3 } = fixture();
    const create = (input: JsonObject) => s3('CreateBucket', { Bucket: 'bucket', ...input });
    await expect(create({ ACL: 'public-read' })).rejects.toEqual(code('InvalidBucketAclWithObjectOwnership'));
    await expect(create({ ACL: 'public-read', ObjectOwnership: 'ObjectWriter' })).rejects.toEqual(
      code('InvalidBucketAclWithBlockPublicAccessError'),
    );
    await expect(s3('HeadBucket', { Bucket: 'bucket' })).rejects.toEqual(code('NotFound'));
  });

  it('answer their owner alone where one is expected', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    await s3('GetBucketAcl', { Bucket: 'bucket', ExpectedBucketOwner: ACCOUNT_ID });
    const others = { Bucket: 'bucket', ExpectedBucketOwner: '999999999999' };
    await expect(s3('GetBucketAcl', others)).rejects.toEqual(code('AccessDenied'));
    await expect(s3('HeadBucket', others)).rejects.toEqual(code('Forbidden'));
  });

  it('are listed in pages', async () => {
    const { s3 } = fixture();
    for (const Bucket of ['b-bucket', 'a-bucket', 'c-bucket']) await s3('CreateBucket', { Bucket });
    const first = await s3('ListBuckets', { MaxBuckets: 2 });
    expect(first.Buckets).toMatchObject([{ Name: 'a-bucket' }, { Name: 'b-bucket' }]);
    const rest = await s3('ListBuckets', { MaxBuckets: 2, ContinuationToken: first.ContinuationToken });
    expect(rest.Buckets).toMatchObject([{ Name: 'c-bucket' }]);
    expect(rest).not.toHaveProperty('ContinuationToken');
  });

  it('refuse a parameter that they do not know', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    const typo = { Bucket: 'bucket', PublicAccessBlockConfiguration: { BlockPublicAcl: true } };
    await expect(s3('PutPublicAccessBlock', typo)).rejects.toEqual(code('MalformedXML'));
    await expect(s3('ListObjectsV2', { Bucket: 'bucket', Prefixes: 'a' })).rejects.toEqual(
      code('InvalidArgument'),
    );
  });

  it('with grants to others keep their ACLs enabled', async () => {
    const { s3 } = fixture();
    const bucket = { Bucket: 'bucket' };
    const own = (ObjectOwnership: string) =>
      s3('PutBucketOwnershipControls', { ...bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } });
    await s3('CreateBucket', bucket);
    await own('ObjectWriter');
    await s3('PutBucketAcl', { ...bucket, ACL: 'log-delivery-write' });
    await expect(own('BucketOwnerEnforced')).rejects.toEqual(code('InvalidBucketAclWithObjectOwnership'));
    await s3('PutBucketAcl', { ...bucket, ACL: 'private' });
    await own('BucketOwnerEnforced');
  });

  it('take one way to say an ACL', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    const put = (input: JsonObject) => s3('PutBucketAcl', { Bucket: 'bucket', ...input });
    await expect(put({ ACL: 'private', GrantRead: 'id="x"' })).rejects.toEqual(code('InvalidArgument'));
    const both = { ACL: 'private', AccessControlPolicy: { Grants: [] } };
    await expect(put(both)).rejects.toEqual(code('InvalidRequest'));
    await expect(put({})).rejects.toEqual(code('MissingSecurityHeader'));
    await expect(put({ GrantRead: 'emailAddress="a@b.c"' })).rejects.toEqual(
      code('UnresolvableGrantByEmailAddress'),
    );
  });
});

describe('objects', () => {
  it('are changed by nobody who has read or written them', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    const Body = Buffer.from('hello');
    await s3('PutObject', { Bucket: 'bucket', Key: 'a', Body });
    Body.fill('x');
    const read = await s3('GetObject', { Bucket: 'bucket', Key: 'a' });
    if (read.Body instanceof Uint8Array) read.Body.fill(0);
    expect((await s3('GetObject', { Bucket: 'bucket', Key: 'a' })).Body).toEqual(
      new TextEncoder().encode('hello'),
    );
  });

  it('of a suspended bucket replace its null version alone', async () => {
    const { s3 } = fixture();
    const version = (Status: string) =>
      s3('PutBucketVersioning', { Bucket: 'bucket', VersioningConfiguration: { Status } });
    const put = async (Body: string) =>
      (await s3('PutObject', { Bucket: 'bucket', Key: 'a', Body })).VersionId;
    await s3('CreateBucket', { Bucket: 'bucket' });
    expect(await put('zero')).toBeUndefined();
    await version('Enabled');
    const one = await put('one');
    await version('Suspended');
    expect(await put('two')).toBe('null');
    expect(await put('three')).toBe('null');
    const { Versions } = await s3('ListObjectVersions', { Bucket: 'bucket' });
    expect(Versions).toMatchObject([
      { VersionId: 'null', IsLatest: true, Size: 5 },
      { VersionId: one, IsLatest: false, Size: 3 },
    ]);
    const deleted = await s3('DeleteObject', { Bucket: 'bucket', Key: 'a' });
    expect(deleted).toEqual({ DeleteMarker: true, VersionId: 'null' });
    const after = await s3('ListObjectVersions', { Bucket: 'bucket' });
    expect([after.Versions, after.DeleteMarkers]).toMatchObject([
      [{ VersionId: one }],
      [{ VersionId: 'null' }],
    ]);
  });

  it('have versions in pages that can end amid a key', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    await s3('PutBucketVersioning', { Bucket: 'bucket', VersioningConfiguration: { Status: 'Enabled' } });
    const ids: unknown[] = [];
    for (const Key of ['a', 'a', 'a', 'b']) {
      ids.push((await s3('PutObject', { Bucket: 'bucket', Key, Body: '' })).VersionId);
    }
    const seen: unknown[] = [];
    let at: JsonObject = {};
    for (let page = 0; page < 4; page += 1) {
      const found = await s3('ListObjectVersions', { Bucket: 'bucket', MaxKeys: 1, ...at });
      seen.push(...(found.Versions as readonly JsonObject[]).map(({ VersionId }) => VersionId));
      at = { KeyMarker: found.NextKeyMarker, VersionIdMarker: found.NextVersionIdMarker };
      expect(found.IsTruncated).toBe(page < 3);
    }
    expect(seen).toEqual([ids[2], ids[1], ids[0], ids[3]]);
  });

  it('are listed by the order of their bytes', async () => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    const keys = ['\u{10000}', '\uffee', 'é', 'z', 'Z', 'a'];
    for (const Key of keys) await s3('PutObject', { Bucket: 'bucket', Key, Body: '' });
    const { Contents } = await s3('ListObjectsV2', { Bucket: 'bucket' });
    expect((Contents as readonly JsonObject[]).map(({ Key }) => Key)).toEqual([
      'Z',
      'a',
      'z',
      'é',
      '\uffee',
      '\u{10000}',
    ]);
  });

  it.each([
    [{ Key: '' }, 'InvalidArgument'],
    [{ Key: 'é'.repeat(513) }, 'KeyTooLongError'],
    [{ Metadata: { a: 'x'.repeat(2048) } }, 'MetadataTooLarge'],
    [{ ACL: 'public-read' }, 'AccessControlListNotSupported'],
    [{ StorageClass: 'WARM' }, 'InvalidArgument'],
    [{ IfMatch: '"0"' }, 'NoSuchKey'],
    [{ IfNoneMatch: '"0"' }, 'NotImplemented'],
    [{ SSECustomerKey: 'x' }, 'InvalidArgument'],
  ])('are refused with %j', async (input, expected) => {
    const { s3 } = fixture();
    await s3('CreateBucket', { Bucket: 'bucket' });
    await expect(s3('PutObject', { Bucket: 'bucket', Key: 'a', Body: '', ...input })).rejects.toEqual(
      code(expected),
    );
    expect((await s3('ListObjectsV2', { Bucket: 'bucket' })).KeyCount).toBe(0);
  });
});
