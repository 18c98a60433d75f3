import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalService, packageSuffix } from '../../../../local/account/service-names.ts';

describe('packageSuffix', () => {
  it.each([
    ['ec2', 'ec2'],
    ['autoscaling', 'auto-scaling'],
    ['logs', 'cloudwatch-logs'],
    ['elbv2', 'elastic-load-balancing-v2'],
    ['Config', 'config-service'],
    ['constructor', 'constructor'],
  ])('%s is in client-%s', (service, suffix) => expect(packageSuffix(service)).toBe(suffix));

  it.each(['ec2', 'ssm', 'events', 'sqs', 'tagging', 'dynamodb', 'dynamodbstreams'])(
    'finds the package of %s',
    (service) => {
      const folder = new URL(
        `../../../../node_modules/@aws-sdk/client-${packageSuffix(service)}`,
        import.meta.url,
      );
      expect(existsSync(folder)).toBe(true);
    },
  );
});

describe('canonicalService', () => {
  it('knows each service by one name', () => {
    expect(
      ['EC2', 'tagging', 'resourcegroupstaggingapi', 'resource-groups-tagging-api'].map(canonicalService),
    ).toEqual(['ec2', 'tagging', 'tagging', 'tagging']);
  });
});
