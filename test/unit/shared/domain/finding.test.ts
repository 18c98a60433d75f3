import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findingIdOf,
  parseArn,
  partitionOf,
  regionIn,
  resourceTypeOf,
} from '../../../../shared/domain/finding.ts';
import { aFinding, GROUP_ARN } from '../../../helpers/findings.ts';

describe('findingIdOf', () => {
  it('is the SHA-256 of the canonical JSON array', () => {
    // printf '["a","b","123456789012","us-east-1","r"]' | sha256sum
    const finding = {
      source: 'a',
      checkName: 'b',
      account: '123456789012',
      region: 'us-east-1',
      resource: 'r',
    };
    expect(findingIdOf(finding)).toBe('221e8a028efdcfed2bb48a4830c83b73fc1d864354d0cc645227e37c96f1c5ee');
  });

  it('a hash without separators: parts that run together the same are other findings', () => {
    const [one, two] = [
      findingIdOf(aFinding({ checkName: 'ab', resource: 'c' })),
      findingIdOf(aFinding({ checkName: 'a', resource: 'bc' })),
    ];
    expect(one).not.toBe(two);
    expect(findingIdOf(aFinding({ checkName: 'a","b' }))).not.toBe(findingIdOf(aFinding({ checkName: 'a' })));
  });

  it('the account left out of the key: the same resource in another account is another finding', () => {
    expect(findingIdOf(aFinding({ account: '111111111111' }))).not.toBe(
      findingIdOf(aFinding({ account: '222222222222' })),
    );
  });

  it('a test event never shares a finding with a real one', () => {
    expect(findingIdOf(aFinding({ source: 'awsmock.trustedadvisor' }))).not.toBe(findingIdOf(aFinding()));
  });

  it('does not depend on status, time or detail', () => {
    const other = aFinding({ status: 'Green', observedAt: new Date(0), detail: { a: 'b' }, severity: 'x' });
    expect(findingIdOf(other)).toBe(findingIdOf(aFinding()));
  });

  it('is injective on separators (property)', () => {
    const piece = fc.string({ unit: fc.constantFrom('"', ',', '\\', '[', ']', '|', ' ', 'a', '\u0000') });
    const key = fc.record({
      source: piece,
      checkName: piece,
      account: piece,
      region: piece,
      resource: piece,
    });
    fc.assert(
      fc.property(key, key, (one, two) => {
        const same = Object.entries(one).every(([name, value]) => two[name as keyof typeof two] === value);
        expect(findingIdOf(one) === findingIdOf(two)).toBe(same);
      }),
    );
  });

  it('parts pushed from one field into the next never give the same ID (property)', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\\', ':', 'a'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, fc.nat(8), fc.nat(8), (whole, at, other) => {
        const cut = (place: number) =>
          aFinding({ checkName: whole.slice(0, place), resource: whole.slice(place) });
        const same = Math.min(at, whole.length) === Math.min(other, whole.length);
        expect(findingIdOf(cut(at)) === findingIdOf(cut(other))).toBe(same);
      }),
    );
  });
});

describe('regionIn', () => {
  it.each([
    ['us-east-1', 'us-east-1'],
    [' ap-southeast-2 ', 'ap-southeast-2'],
    ['us-west-2a', 'us-west-2'],
    ['us-west-2-lax-1a', 'us-west-2'],
    ['us-gov-west-1', 'us-gov-west-1'],
    ['us-iso-east-1', 'us-iso-east-1'],
    ['eusc-de-east-1', 'eusc-de-east-1'],
  ])('reads %j as %s', (text, region) => {
    expect(regionIn(text)).toBe(region);
  });

  it.each([
    '-',
    '',
    'Global',
    'global',
    'US East (N. Virginia)',
    'us-east',
    'us-east-',
    '1us-east-1',
    null,
    undefined,
  ])('region %j: there is none', (text) => {
    expect(regionIn(text)).toBeUndefined();
  });

  it('never takes along what follows, which would become part of a host name', () => {
    expect(regionIn('us-east-1.example.com/')).toBe('us-east-1');
  });
});

describe('partitionOf', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
  ])('%s is in %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe('parseArn', () => {
  it('splits an ARN', () => {
    expect(parseArn(GROUP_ARN)).toEqual({
      partition: 'aws',
      service: 'ec2',
      region: 'ap-southeast-2',
      account: '012345678901',
      resource: 'security-group/sg-0a1b2c3d4e5f67890',
    });
  });

  it('takes global resources, and colons in the last part', () => {
    expect(parseArn('arn:aws:iam::123456789012:user/a')).toMatchObject({ region: '', resource: 'user/a' });
    expect(parseArn('arn:aws:s3:::tpbucket')).toMatchObject({ account: '', resource: 'tpbucket' });
    expect(parseArn('arn:aws:iam::aws:policy/Admin')).toMatchObject({ account: 'aws' });
    expect(parseArn('arn:aws-us-gov:rds:us-gov-west-1:123456789012:db:a:b')).toMatchObject({
      resource: 'db:a:b',
    });
  });

  it.each([
    '',
    'sg-1',
    'arn:aws:s3',
    'arn:aws:s3:::',
    ' arn:aws:s3:::x',
    'arn:gcp:s3:::x',
    'arn:aws:ec2:r:12:x',
  ])('%j is none', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});

describe('resourceTypeOf', () => {
  it.each([
    [GROUP_ARN, 'ec2:security-group'],
    ['arn:aws:s3:::tpbucket', 's3'],
    ['arn:aws:rds:us-east-1:123456789012:db:mine', 'rds:db'],
    ['arn:aws:sns:us-east-1:123456789012:topic', 'sns'],
    ['arn:aws:ec2:us-east-1:123412341234:volume/vol-1', 'ec2:volume'],
    ['sg-0a1b2c3d', 'unknown'],
  ])('of %s is %s', (resource, type) => {
    expect(resourceTypeOf(resource)).toBe(type);
  });
});
