import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowed, matchesGlob } from '../../../../../../local/account/memory/policy/evaluate.ts';
import {
  PolicySyntaxError,
  parseResourcePolicy,
} from '../../../../../../local/account/memory/policy/resource-policy.ts';

const ARN = 'arn:aws:s3:::bucket/key';
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: ARN };
const QUESTION = {
  principal: { kind: 'AWS', id: 'arn:aws:iam::111122223333:user/ann' },
  action: 's3:PutObject',
  resource: ARN,
} as const;

const policyOf = (...Statement: readonly object[]) =>
  parseResourcePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));

describe('isAllowed', () => {
  it.each([
    ['everyone', {}, true],
    ['a list of principals', { Principal: { AWS: ['arn:aws:iam::111122223333:user/ann'] } }, true],
    ['the account', { Principal: { AWS: '111122223333' } }, true],
    ["the account's root", { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, true],
    ['another account', { Principal: { AWS: '444455556666' } }, false],
    ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, false],
    ['all but ann', { Principal: undefined, NotPrincipal: { AWS: QUESTION.principal.id } }, false],
    ['another action', { Action: 's3:GetObject' }, false],
    ['a pattern of actions, whatever its case', { Action: ['S3:p*'] }, true],
    ['all actions but another', { Action: undefined, NotAction: 's3:Get*' }, true],
    ['all actions but this', { Action: undefined, NotAction: 's3:Put*' }, false],
    ['a pattern of resources', { Resource: 'arn:aws:s3:::bucket/*' }, true],
    ['another resource', { Resource: 'arn:aws:s3:::other/*' }, false],
    ['all resources but this', { Resource: undefined, NotResource: 'arn:aws:s3:::bucket/k?y' }, false],
  ])('allows %s: %j is %s', (_what, statement, expected) => {
    expect(isAllowed(policyOf({ ...ALLOW, ...statement }), QUESTION)).toBe(expected);
  });

  it.each([
    [{ StringEquals: { 's3:x-amz-acl': 'private' } }, false],
    [{ StringEquals: { 's3:x-amz-ACL': ['private', 'bucket-owner-full-control'] } }, true],
    [{ StringNotEquals: { 's3:x-amz-acl': ['private', 'public-read'] } }, true],
    [{ StringNotEquals: { 's3:x-amz-acl': ['private', 'bucket-owner-full-control'] } }, false],
    [{ StringLike: { 's3:x-amz-acl': 'bucket-*' } }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } }, false],
    [{ ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } }, true],
    [{ Null: { 'aws:SourceArn': 'true' } }, true],
    [{ Null: { 's3:x-amz-acl': true } }, false],
    [{ Bool: { 'aws:SecureTransport': true } }, true],
    [{ DateLessThan: { 'aws:CurrentTime': '2030-01-01' } }, false],
    [{ StringEquals: { 's3:x-amz-acl': 'private' }, Bool: { 'aws:SecureTransport': 'true' } }, false],
  ])('holds the condition %j: %s', (Condition, expected) => {
    const context = { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:securetransport': 'true' };
    expect(isAllowed(policyOf({ ...ALLOW, Condition }), { ...QUESTION, context })).toBe(expected);
  });

  it('lets a denial win, wherever it is', () => {
    const deny = { ...ALLOW, Effect: 'Deny', Action: 's3:*' };
    expect(isAllowed(policyOf(ALLOW, deny), QUESTION)).toBe(false);
    expect(isAllowed(policyOf(deny, ALLOW), QUESTION)).toBe(false);
    expect(isAllowed(policyOf({ ...deny, Action: 's3:Get*' }, ALLOW), QUESTION)).toBe(true);
  });
});

describe('parseResourcePolicy', () => {
  it.each([
    ['no JSON', 'no'],
    ['no object', '[]'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['a version that is none', JSON.stringify({ Version: '1', Statement: ALLOW })],
    ['an effect that is none', JSON.stringify({ Statement: { ...ALLOW, Effect: 'allow' } })],
    ['a principal of no kind', JSON.stringify({ Statement: { ...ALLOW, Principal: { Person: 'ann' } } })],
    ['a principal and all but one', JSON.stringify({ Statement: { ...ALLOW, NotPrincipal: '*' } })],
    ['no action', JSON.stringify({ Statement: { ...ALLOW, Action: undefined } })],
    ['a misspelt field', JSON.stringify({ Statement: { ...ALLOW, Resources: ARN } })],
  ])('refuses %s', (_what, text) => {
    expect(() => parseResourcePolicy(text)).toThrow(PolicySyntaxError);
  });

  it('takes one statement without a list', () => {
    expect(parseResourcePolicy(JSON.stringify({ Statement: ALLOW })).statements).toHaveLength(1);
  });
});

describe('matchesGlob', () => {
  it('says what a regular expression would', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '?', '.');
    const text = fc.constantFrom('a', 'b', '/', '.');
    const joined = (unit: fc.Arbitrary<string>) =>
      fc.array(unit, { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(joined(part), joined(text), (pattern, value) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesGlob(pattern, value)).toBe(new RegExp(`^${source}$`, 's').test(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('is not led astray by many stars', () => {
    const started = performance.now();
    expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(10_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
