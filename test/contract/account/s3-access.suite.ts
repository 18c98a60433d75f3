import { expect } from 'vitest';
import { at, type Contract, listAt, refuses } from './contract.ts';
import { bucketPolicy, newBucket, newOpenBucket } from './s3.ts';

const GROUPS = 'http://acs.amazonaws.com/groups/global/';
const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export function s3Access(contract: Contract): void {
  const { s3, test } = contract;
  const groupsOf = async (Bucket: string) => {
    const grants = listAt(await s3('GetBucketAcl', { Bucket }), 'Grants');
    return grants
      .filter((grant) => at(grant, 'Grantee', 'Type') === 'Group')
      .map(
        (grant) => `${String(at(grant, 'Grantee', 'URI')).replace(GROUPS, '')} ${at(grant, 'Permission')}`,
      );
  };

  test('A policy is kept as it was written, and none is an error', async () => {
    const Bucket = await newBucket(contract);
    await refuses(s3('GetBucketPolicy', { Bucket }), 'NoSuchBucketPolicy');
    const Policy = bucketPolicy(Bucket, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
    await s3('PutBucketPolicy', { Bucket, Policy });
    expect((await s3('GetBucketPolicy', { Bucket })).Policy).toBe(Policy);
    await s3('DeleteBucketPolicy', { Bucket });
    await s3('DeleteBucketPolicy', { Bucket });
    await refuses(s3('GetBucketPolicy', { Bucket }), 'NoSuchBucketPolicy');
  });

  test('PutBucketPolicy refuses what is no policy of the bucket', async () => {
    const Bucket = await newOpenBucket(contract);
    for (const Policy of [
      'no JSON',
      '{}',
      '{"Version":"2012-10-17","Statement":[]}',
      bucketPolicy(Bucket, { Effect: 'Permit' }),
      bucketPolicy(Bucket, { Principal: undefined }),
      bucketPolicy(Bucket, { Resource: 'arn:aws:s3:::another-bucket/*' }),
      bucketPolicy(Bucket, { Action: undefined }),
      JSON.stringify({ ...JSON.parse(bucketPolicy(Bucket, {})), Version: '2020-01-01' }),
    ]) {
      await refuses(s3('PutBucketPolicy', { Bucket, Policy }), 'MalformedPolicy');
    }
    await refuses(s3('GetBucketPolicy', { Bucket }), 'NoSuchBucketPolicy');
  });

  test('GetBucketPolicyStatus tells whether a policy is public', async () => {
    const Bucket = await newOpenBucket(contract);
    await refuses(s3('GetBucketPolicyStatus', { Bucket }), 'NoSuchBucketPolicy');
    const isPublic = async (statement: object) => {
      await s3('PutBucketPolicy', { Bucket, Policy: bucketPolicy(Bucket, { ...statement }) });
      return at(await s3('GetBucketPolicyStatus', { Bucket }), 'PolicyStatus', 'IsPublic');
    };
    expect(await isPublic({})).toBe(true);
    expect(await isPublic({ Principal: { AWS: '*' } })).toBe(true);
    expect(await isPublic({ Effect: 'Deny' })).toBe(false);
    expect(await isPublic({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })).toBe(false);
    const vpce = (id: string) => ({ Condition: { StringEquals: { 'aws:SourceVpce': id } } });
    expect(await isPublic(vpce('vpce-0a1b2c3d'))).toBe(false);
    expect(await isPublic({ Condition: { StringLike: { 'aws:SourceVpce': 'vpce-*' } } })).toBe(true);
    expect(await isPublic({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })).toBe(false);
    expect(await isPublic({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })).toBe(true);
  });

  test('A new bucket blocks public access and has its ACLs disabled', async () => {
    const Bucket = await newBucket(contract);
    const found = await s3('GetPublicAccessBlock', { Bucket });
    expect(found.PublicAccessBlockConfiguration).toEqual(ALL_BLOCKED);
    await refuses(s3('PutBucketAcl', { Bucket, ACL: 'public-read' }), 'AccessControlListNotSupported');
    await s3('PutBucketAcl', { Bucket, ACL: 'private' });
  });

  test('The public access block is put, shown and deleted; what is not named is off', async () => {
    const Bucket = await newOpenBucket(contract);
    await refuses(s3('GetPublicAccessBlock', { Bucket }), 'NoSuchPublicAccessBlockConfiguration');
    await s3('PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    expect((await s3('GetPublicAccessBlock', { Bucket })).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    await s3('DeletePublicAccessBlock', { Bucket });
    await refuses(s3('GetPublicAccessBlock', { Bucket }), 'NoSuchPublicAccessBlockConfiguration');
  });

  test('What is blocked cannot be made public', async () => {
    const Bucket = await newOpenBucket(contract);
    await s3('PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: ALL_BLOCKED });
    await refuses(s3('PutBucketAcl', { Bucket, ACL: 'public-read' }), 'AccessDenied');
    await refuses(s3('PutBucketPolicy', { Bucket, Policy: bucketPolicy(Bucket, {}) }), 'AccessDenied');
    expect(await groupsOf(Bucket)).toEqual([]);
  });

  test('Canned ACLs stand for grants', async () => {
    const Bucket = await newOpenBucket(contract);
    const grantsOf = async (ACL: string) => {
      await s3('PutBucketAcl', { Bucket, ACL });
      return groupsOf(Bucket);
    };
    expect(await grantsOf('public-read')).toEqual(['AllUsers READ']);
    expect((await grantsOf('public-read-write')).toSorted()).toEqual(['AllUsers READ', 'AllUsers WRITE']);
    expect(await grantsOf('authenticated-read')).toEqual(['AuthenticatedUsers READ']);
    expect(await grantsOf('private')).toEqual([]);
  });

  test('An ACL that was read can be put back', async () => {
    const Bucket = await newOpenBucket(contract);
    await s3('PutBucketAcl', { Bucket, ACL: 'public-read-write' });
    const before = await s3('GetBucketAcl', { Bucket });
    await s3('PutBucketAcl', { Bucket, ACL: 'private' });
    await s3('PutBucketAcl', {
      Bucket,
      AccessControlPolicy: { Owner: before.Owner, Grants: before.Grants },
    });
    expect(await s3('GetBucketAcl', { Bucket })).toEqual(before);
  });

  test('Grants can be given by headers', async () => {
    const Bucket = await newOpenBucket(contract);
    await s3('PutBucketAcl', { Bucket, GrantRead: `uri="${GROUPS}AuthenticatedUsers"` });
    expect(await groupsOf(Bucket)).toEqual(['AuthenticatedUsers READ']);
  });

  test('PutBucketAcl refuses grantees and ACLs that there are none of', async () => {
    const Bucket = await newOpenBucket(contract);
    await refuses(s3('PutBucketAcl', { Bucket, GrantRead: 'uri="http://acs/Nobody"' }), 'InvalidArgument');
    await refuses(s3('PutBucketAcl', { Bucket, ACL: 'everyone' }), 'InvalidArgument');
  });

  test('Ownership controls decide whether ACLs are taken', async () => {
    const Bucket = await newBucket(contract);
    const ownership = async () =>
      at(await s3('GetBucketOwnershipControls', { Bucket }), 'OwnershipControls', 'Rules', 0);
    expect(await ownership()).toEqual({ ObjectOwnership: 'BucketOwnerEnforced' });
    await s3('PutBucketOwnershipControls', {
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
    expect(await ownership()).toEqual({ ObjectOwnership: 'BucketOwnerPreferred' });
    await s3('DeleteBucketOwnershipControls', { Bucket });
    await refuses(s3('GetBucketOwnershipControls', { Bucket }), 'OwnershipControlsNotFoundError');
  });
}
