import type { AccountSeed } from './account/memory/seed.ts';

/** The security group that examples/finding.json names. */
export const EXAMPLE_GROUP = 'sg-0a1b2c3d4e5f67890';

/** What is in the account in memory when the laptop's cloud starts: something that the example can mend. */
export const EXAMPLE_ACCOUNT: AccountSeed = {
  securityGroups: [
    {
      groupId: EXAMPLE_GROUP,
      groupName: 'open-to-the-world',
      description: 'The group of examples/finding.json: SSH is open to everybody',
      tags: { automaticRemediation: 'True' },
      ipPermissions: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ],
    },
  ],
};
