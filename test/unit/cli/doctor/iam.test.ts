import { describe, expect, it } from 'vitest';
import { roleIn, trusts } from '../../../../cli/doctor/iam.ts';

const role = (...statements: object[]) => ({
  Path: '/',
  RoleName: 'r',
  RoleId: 'i',
  Arn: 'a',
  CreateDate: new Date(0),
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Statement: statements })),
});
const allow = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ssm.amazonaws.com' } };

describe("a role's trust policy", () => {
  it.each([
    ['one service', true, allow],
    ['among others', true, { ...allow, Principal: { Service: ['ec2.amazonaws.com', 'ssm.amazonaws.com'] } }],
    ['among other actions', true, { ...allow, Action: ['sts:TagSession', 'sts:AssumeRole'] }],
    ['another service', false, { ...allow, Principal: { Service: 'ec2.amazonaws.com' } }],
    ['an account', false, { ...allow, Principal: { AWS: 'arn:aws:iam::123456789012:root' } }],
    ['a denial', false, { ...allow, Effect: 'Deny' }],
    ['another action', false, { ...allow, Action: 'sts:TagSession' }],
  ])('%s: %s', (_, expected, statement) => {
    expect(trusts(role(statement), 'ssm.amazonaws.com')).toBe(expected);
  });

  it('none at all', () => {
    expect(trusts({ ...role(), AssumeRolePolicyDocument: '' }, 'ssm.amazonaws.com')).toBe(false);
  });
});

describe("a role's ARN", () => {
  it.each([
    ['arn:aws:iam::123456789012:role/Name', { account: '123456789012', name: 'Name' }],
    ['arn:aws-cn:iam::123456789012:role/a/path/Name', { account: '123456789012', name: 'Name' }],
    ['arn:aws:iam::$account:role/Name', undefined],
    ['arn:aws:iam::123456789012:user/Name', undefined],
    ['Name', undefined],
  ])('%s', (arn, expected) => {
    expect(roleIn(arn)).toEqual(expected);
  });
});
