import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf, plainNameOf } from '../../../../shared/domain/check-names.ts';

describe('namesOf', () => {
  it('gives the most exact first: aliases, ID, name, and the name with a trailing space', () => {
    const check = {
      checkName: 'Security groups should not allow unrestricted access to ports with high risk',
      checkId: 'EC2.19',
      checkAliases: ['aws-foundational-security-best-practices/v/1.0.0/EC2.19'],
    };
    expect(namesOf(check)).toEqual([
      'aws-foundational-security-best-practices/v/1.0.0/EC2.19',
      'EC2.19',
      check.checkName,
      `${check.checkName} `,
    ]);
  });

  it.each([
    ['securityhub-vpc-flow-logs-enabled-l6dseq', 'vpc-flow-logs-enabled', 'VPC_FLOW_LOGS_ENABLED'],
    [
      'securityhub-s3-bucket-public-read-prohibited-000270f5',
      's3-bucket-public-read-prohibited',
      'S3_BUCKET_PUBLIC_READ_PROHIBITED',
    ],
    [
      's3-account-level-public-access-blocks-periodic-conformance-pack-wxpi4uvvj',
      's3-account-level-public-access-blocks-periodic',
      'S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC',
    ],
    [
      'OrgConfigRule-s3-bucket-versioning-enabled-dbgzf8ba',
      's3-bucket-versioning-enabled',
      'S3_BUCKET_VERSIONING_ENABLED',
    ],
    ['restricted-ssh', 'restricted-ssh', 'INCOMING_SSH_DISABLED'],
    [
      'restricted-common-ports-conformance-pack-a1b2c3d4e',
      'restricted-common-ports',
      'RESTRICTED_INCOMING_TRAFFIC',
    ],
    ['cloudtrail-enabled', 'cloudtrail-enabled', 'CLOUD_TRAIL_ENABLED'],
  ])('%s is found under %s and %s too, after its own name', (checkName, plain, identifier) => {
    const names = namesOf({ checkName });
    expect(names[0]).toBe(checkName);
    expect(names).toEqual(expect.arrayContaining([plain, identifier]));
    expect(plainNameOf(checkName)).toBe(plain);
  });

  it.each([
    'securityhub-only',
    'my-conformance-pack-of-rules',
    'conformance-pack-a1b2c3',
    'OrgConfigRule-x',
    'securityhub',
  ])('%s has no decoration', (checkName) => {
    expect(plainNameOf(checkName)).toBe(checkName);
  });

  it('what no key can be is left out: too long, blank, and the row of the defaults', () => {
    const check = {
      checkName: '*',
      checkId: ' ',
      checkAliases: ['x'.repeat(2049), '', 'é'.repeat(1025), 'ok'],
    };
    expect(namesOf(check)).toEqual(['ok', '* ']);
  });

  it('names are different and few, whatever they are (property)', () => {
    const check = fc.record(
      { checkName: fc.string(), checkId: fc.string(), checkAliases: fc.array(fc.string(), { maxLength: 6 }) },
      { requiredKeys: ['checkName'] },
    );
    fc.assert(
      fc.property(check, (each) => {
        const names = namesOf(each);
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBeLessThanOrEqual(12);
        expect(names).not.toContain('*');
      }),
    );
  });

  it('a decoration is taken off in one step, and nothing is left to take off (property)', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = plainNameOf(text);
        expect(plainNameOf(plain)).toBe(plain);
      }),
    );
  });
});
