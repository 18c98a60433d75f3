import { createMemoryAccount } from '../../../local/account/memory/memory-account.ts';
import { createRemoteAccount } from '../../../local/account/remote.ts';
import { systemClock } from '../../../local/clock.ts';
import { randomIds } from '../../../local/ids.ts';
import { motoNote, runsMoto, startMoto } from '../../helpers/moto.ts';
import { cloudTrails } from './cloudtrail.suite.ts';
import { runContract, type Target } from './contract.ts';
import { iamAccess } from './iam-access.suite.ts';
import { iamDeviations } from './iam-deviations.ts';
import { iamPolicies } from './iam-policies.suite.ts';
import { iamRoles } from './iam-roles.suite.ts';
import { instances } from './instances.suite.ts';
import { kmsKeys } from './kms.suite.ts';
import { motoDeviations } from './moto-deviations.ts';
import { network } from './network.suite.ts';
import { revokingRules } from './revoke.suite.ts';
import { securityGroupRules } from './rules.suite.ts';
import { s3Access } from './s3-access.suite.ts';
import { s3Buckets } from './s3-buckets.suite.ts';
import { s3Objects } from './s3-objects.suite.ts';
import { securityGroups } from './security-groups.suite.ts';
import { serveAccount } from './serve-account.ts';
import { tags } from './tags.suite.ts';

const newMemoryAccount = () =>
  createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: '012345678901' });

const targets: readonly Target[] = [
  {
    name: 'in memory',
    start: async () => {
      const account = newMemoryAccount();
      return { account, [Symbol.asyncDispose]: () => account.close() };
    },
  },
  {
    name: 'in memory, over the wire, by the AWS SDK',
    start: async () => {
      const served = await serveAccount(newMemoryAccount());
      const account = createRemoteAccount({ endpoint: served.endpoint });
      return {
        account,
        [Symbol.asyncDispose]: async () => {
          await account.close();
          await served[Symbol.asyncDispose]();
        },
      };
    },
  },
  {
    name: 'moto',
    skipped: runsMoto ? undefined : motoNote,
    deviations: new Map([...motoDeviations, ...iamDeviations]),
    start: async () => {
      const moto = await startMoto();
      const account = createRemoteAccount({ endpoint: moto.endpoint });
      return {
        account,
        [Symbol.asyncDispose]: async () => {
          await account.close();
          await moto.close();
        },
      };
    },
  },
];

const suites = {
  'security groups': securityGroups,
  'security group rules': securityGroupRules,
  'revoking rules': revokingRules,
  instances,
  network,
  tags,
  'IAM roles and instance profiles': iamRoles,
  'IAM policies': iamPolicies,
  'IAM users, keys and passwords': iamAccess,
  'S3 buckets': s3Buckets,
  'S3 access': s3Access,
  'S3 objects': s3Objects,
  'CloudTrail trails': cloudTrails,
  'KMS keys': kmsKeys,
};

for (const target of targets) runContract(target, suites);
