import { expect, test } from 'vitest';
import { isReadOnly } from '../../../../../../local/ssm/automation/dry-run/read-only.ts';

test.each(['DescribeInstances', 'GetObject', 'ListBuckets', 'HeadBucket', 'SearchResources', 'LookupEvents'])(
  '%s only reads',
  (operation) => expect(isReadOnly(operation)).toBe(true),
);

test.each([
  'RevokeSecurityGroupIngress',
  'PutObject',
  'Invoke',
  'AssumeRole',
  'GetawayCall',
  'Listen',
  'BatchGetItem',
  'describeInstances',
  'DeleteListing',
  '',
])('%j is not taken for a read', (operation) => expect(isReadOnly(operation)).toBe(false));
