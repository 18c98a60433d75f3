import { describe, expect, it } from 'vitest';
import { openValidation, row } from './validation.ts';

const { validate } = openValidation();

describe('the name of a check', () => {
  it.each([
    'EC2.20',
    'Backdoor:EC2/DenialOfService.Udp',
    'a check of our own',
    'ec2-volume-inuse-check',
    '*',
  ])('%s may well be one', async (checkName) => {
    const { faults } = await validate(checkName === '*' ? { checkName } : row({ checkName }));
    expect(faults).toEqual([]);
  });

  it.each([
    ['Amazon EBS Public Snapshot', 'Amazon EBS Public Snapshots'],
    ['amazon rds idle db instances', 'Amazon RDS Idle DB Instances'],
    ['restricted-comon-ports', 'restricted-common-ports'],
  ])('%s is a slip: a warning, since people have rules of their own', async (checkName, meant) => {
    const { exitCode, faults } = await validate(row({ checkName }));
    expect(faults).toMatchObject([
      {
        code: 'UnknownCheck',
        severity: 'warning',
        column: 16,
        message: `no check is known as "${checkName}" (did you mean ${meant}?)`,
      },
    ]);
    expect(exitCode).toBe(0);
  });
});
