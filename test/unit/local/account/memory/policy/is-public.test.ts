import { describe, expect, it } from 'vitest';
import { isPublicPolicy } from '../../../../../../local/account/memory/policy/is-public.ts';
import { parseResourcePolicy } from '../../../../../../local/account/memory/policy/resource-policy.ts';

const ALLOW = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };

const isPublic = (...statements: readonly object[]) =>
  isPublicPolicy(
    parseResourcePolicy(JSON.stringify({ Statement: statements.map((each) => ({ ...ALLOW, ...each })) })),
  );

describe('isPublicPolicy', () => {
  it.each([
    [{}, true],
    [{ Effect: 'Deny' }, false],
    [{ Principal: { AWS: '*' } }, true],
    [{ Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }, true],
    [{ Principal: { AWS: '111122223333' } }, false],
    [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }, false],
    [{ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }, true],
    [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }, false],
    [{ Condition: { StringEquals: { 'aws:sourcevpc': ['vpc-1', 'vpc-2'] } } }, false],
    [{ Condition: { StringLike: { 'aws:SourceVpc': ['vpc-1', 'vpc-*'] } } }, true],
    [{ Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }, true],
    [{ Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } }, true],
    [{ Condition: { StringEquals: { 'aws:UserAgent': 'me' } } }, true],
    [{ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:*' } } }, false],
    [{ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:*:topic' } } }, true],
    [{ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.7'] } } }, false],
    [{ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '0.0.0.0/1'] } } }, true],
    [{ Condition: { IpAddress: { 'aws:SourceIp': '::/0' } } }, true],
    [{ Condition: { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } } }, false],
    [{ Condition: { StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::$\{aws:username}` } } }, true],
  ])('%j: %s', (statement, expected) => {
    expect(isPublic(statement)).toBe(expected);
  });

  it('is so where one statement is', () => {
    expect(isPublic({ Principal: { AWS: '111122223333' } }, {})).toBe(true);
  });
});
