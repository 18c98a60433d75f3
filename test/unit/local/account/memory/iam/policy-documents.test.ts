import { describe, expect, it } from 'vitest';
import {
  assertIdentityPolicy,
  assertManagedDocument,
  assertTrustPolicy,
  encodeDocument,
} from '../../../../../../local/account/memory/iam/policy-documents.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('a policy of an identity', () => {
  it.each([
    ['one statement that is no list', JSON.stringify({ Statement: allow })],
    ['conditions', policy({ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    ['NotAction and NotResource', policy({ Effect: 'Deny', NotAction: ['iam:*'], NotResource: ['*'] })],
    ['the older version', JSON.stringify({ Version: '2008-10-17', Statement: [allow] })],
    ['every action', policy({ ...allow, Action: '*' })],
  ])('may have %s', (_what, document) => {
    expect(() => assertIdentityPolicy(document)).not.toThrow();
  });

  it.each([
    ['no JSON', '{', 'This policy contains invalid Json'],
    ['a list', '[]', 'Syntax errors in policy.'],
    ['null', 'null', 'Syntax errors in policy.'],
    ['no statements', policy(), 'Syntax errors in policy.'],
    ['an effect that does not exist', policy({ ...allow, Effect: 'allow' }), 'Syntax errors in policy.'],
    ['a member that does not exist', policy({ ...allow, Actions: '*' }), 'Syntax errors in policy.'],
    ['a principal', policy({ ...allow, Principal: '*' }), 'Policy document should not specify a principal.'],
    ['no resource', policy({ Effect: 'Allow', Action: '*' }), 'Policy statement must contain resources.'],
    ['no action', policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['an action without a service', policy({ ...allow, Action: 'GetObject' }), /prefaced by a vendor/],
    [
      'a version that does not exist',
      JSON.stringify({ Version: '2012-10-18', Statement: [allow] }),
      'The policy must contain a valid version string',
    ],
  ])('is refused with %s', (_what, document, message) => {
    expect(() => assertIdentityPolicy(document)).toThrow(
      expect.objectContaining({
        code: 'MalformedPolicyDocument',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });
});

describe('a trust policy', () => {
  const trust = { Effect: 'Allow', Principal: { AWS: ['111122223333'] }, Action: 'sts:AssumeRole' };

  it('names who may assume the role', () => {
    expect(() => assertTrustPolicy(policy(trust))).not.toThrow();
    expect(() => assertTrustPolicy(policy({ ...trust, Principal: undefined }))).toThrow('Principal');
  });

  it('names no resource', () => {
    expect(() => assertTrustPolicy(policy({ ...trust, Resource: '*' }))).toThrow('prohibited field Resource');
  });
});

describe('the size of a managed policy', () => {
  it('is counted without white space', () => {
    const spaced = policy(allow).replace('{', `{${' '.repeat(7000)}`);
    expect(() => assertManagedDocument(spaced)).not.toThrow();
    const long = policy({ ...allow, Resource: 'x'.repeat(6144) });
    expect(() => assertManagedDocument(long)).toThrow(expect.objectContaining({ code: 'LimitExceeded' }));
  });
});

describe('encodeDocument', () => {
  it('encodes as RFC 3986 has it', () => {
    const text = `{"a":"ü !'()*~+&=/%"}`;
    expect(encodeDocument(text)).toMatch(/^[\w.~%-]+$/);
    expect(decodeURIComponent(encodeDocument(text))).toBe(text);
  });
});
