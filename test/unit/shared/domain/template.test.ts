import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/domain/finding.ts';
import { type Match, matchResource } from '../../../../shared/domain/match.ts';
import { fillTemplate } from '../../../../shared/domain/template.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aFinding, GROUP_ARN, GROUP_ID, ROLE_ARN } from '../../../helpers/findings.ts';

interface Filling {
  readonly pattern?: string;
  readonly finding?: Partial<Finding>;
}

const MATCH: Match = matchResource('(sg-\\w+)', GROUP_ARN);

/** Fills one parameter that holds one value. */
function fill(text: string, { pattern, finding = {} }: Filling = {}): string | undefined {
  const match = pattern ? matchResource(pattern, finding.resource ?? GROUP_ARN) : MATCH;
  return fillTemplate(JSON.stringify({ P: [text] }), aFinding(finding), match).P?.[0];
}

describe('placeholders', () => {
  it("fills the use case's template", () => {
    const template = `{"GroupId": ["$resourceId"], "AutomationAssumeRole": ["${ROLE_ARN}"]}`;
    expect(fillTemplate(template, aFinding(), MATCH)).toEqual({
      GroupId: [GROUP_ID],
      AutomationAssumeRole: [ROLE_ARN],
    });
  });

  it.each([
    ['$resourceId', GROUP_ID],
    ['$1', GROUP_ID],
    ['$resource', GROUP_ARN],
    ['$account', '012345678901'],
    ['$region', 'ap-southeast-2'],
    ['$partition', 'aws'],
    ['$status', 'Red'],
    ["$detail['Region']", 'ap-southeast-2'],
    ['arn:$partition:ec2:$region:$account:security-group/$resourceId', GROUP_ARN],
    ['no placeholder', 'no placeholder'],
    ['$$', '$'],
    ['$$resourceId', '$resourceId'],
    ['$$$resourceId', `$${GROUP_ID}`],
    ['costs $$5', 'costs $5'],
    ['$1abc', `${GROUP_ID}abc`],
  ])('%s becomes %s', (text, value) => {
    expect(fill(text)).toBe(value);
  });

  it('$resourceId inside $resourceIdentifier is not replaced: the whole name counts', () => {
    expect(errorOf(() => fill('$resourceIdentifier'))).toMatchObject({
      code: 'PLACEHOLDER_UNKNOWN',
      message: expect.stringContaining('$resourceIdentifier'),
    });
    expect(fill('$resourceIdentifier', { pattern: '(?P<resourceIdentifier>sg)-(\\w+)' })).toBe('sg');
  });

  it('capture groups: $1, $2, $10 and named ones', () => {
    const pattern = '(a)(b)(c)(d)(e)(f)(g)(h)(i)(?P<tenth>j)';
    const finding = { resource: 'abcdefghij' };
    expect(fill('$1-$2-$10-$tenth', { pattern, finding })).toBe('a-b-j-j');
    expect(errorOf(() => fill('$11', { pattern, finding })).code).toBe('PLACEHOLDER_UNKNOWN');
    expect(errorOf(() => fill('$0', { pattern, finding })).code).toBe('PLACEHOLDER_UNKNOWN');
  });

  it('a named group never shadows a name of ours: the account is never taken from a resource', () => {
    expect(fill('$account', { pattern: '(?P<account>sg-\\w+)' })).toBe('012345678901');
  });

  it("$detail['Key'] takes any key, with quotes escaped", () => {
    const finding = { detail: { 'Security Group ID': 'sg-1', "It's": 'x', 'back\\slash': 'y' } };
    expect(fill("$detail['Security Group ID']", { finding })).toBe('sg-1');
    expect(fill("$detail['It\\'s']", { finding })).toBe('x');
    expect(fill("$detail['back\\\\slash']", { finding })).toBe('y');
  });

  it.each([
    '$',
    'a $ b',
    '$-',
    '$nothing',
    "$detail['nothing']",
    '$detail',
    "$detail['open",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what people write who think of JavaScript
    '${resourceId}',
    '$2',
    '$constructor',
    "$detail['constructor']",
    "$detail['__proto__']",
    '$__proto__',
  ])('%s is unknown', (text) => {
    expect(errorOf(() => fill(text)).code).toBe('PLACEHOLDER_UNKNOWN');
  });

  it('the name is case-sensitive', () => {
    expect(errorOf(() => fill('$ResourceId')).code).toBe('PLACEHOLDER_UNKNOWN');
  });
});

describe('values', () => {
  it('an empty one is an error, never an empty parameter', () => {
    expect(errorOf(() => fill("$detail['Name']", { finding: { detail: { Name: null } } })).code).toBe(
      'PARAMETER_EMPTY',
    );
    expect(errorOf(() => fill("$detail['Name']", { finding: { detail: { Name: '' } } })).code).toBe(
      'PARAMETER_EMPTY',
    );
    expect(errorOf(() => fill('$resourceId', { pattern: '(x)?sg' })).code).toBe('PARAMETER_EMPTY');
    expect(errorOf(() => fill('')).code).toBe('PARAMETER_EMPTY');
  });

  it('512 characters pass, 513 do not', () => {
    expect(fill("$detail['a']", { finding: { detail: { a: 'x'.repeat(512) } } })).toHaveLength(512);
    expect(errorOf(() => fill("$detail['a']", { finding: { detail: { a: 'x'.repeat(513) } } })).code).toBe(
      'PARAMETER_TOO_LONG',
    );
    expect(errorOf(() => fill('x'.repeat(513))).code).toBe('PARAMETER_TOO_LONG');
  });

  it('strings from events with quotes, backslashes and dollars are values, never syntax', () => {
    const nasty = '", "AutomationAssumeRole": ["evil"], "x": ["\\';
    expect(
      fillTemplate(JSON.stringify({ P: ["a$detail['v']b"] }), aFinding({ detail: { v: nasty } }), MATCH),
    ).toEqual({
      P: [`a${nasty}b`],
    });
    expect(fill("$detail['v']", { finding: { detail: { v: '$account $$ $1' } } })).toBe('$account $$ $1');
    expect(fill("$detail['v']", { finding: { detail: { v: "$& $' $`" } } })).toBe("$& $' $`");
  });

  it.each([
    '{{ssm:/secret}}',
    'a {{ global:REGION }}',
    '}}',
    'a\nb',
    'a\u0000b',
    'a\tb',
    '\u007f',
    'a\r',
    '\ud800',
  ])('the unsafe value %j never reaches a runbook', (value) => {
    expect(errorOf(() => fill("$detail['v']", { finding: { detail: { v: value } } })).code).toBe(
      'PARAMETER_UNSAFE',
    );
  });

  it('braces that only come about where values meet are refused too', () => {
    const finding = { detail: { open: '{', ssm: '{ssm:/secret}', close: '}' } };
    expect(errorOf(() => fill("$detail['open']$detail['ssm']$detail['close']", { finding })).code).toBe(
      'PARAMETER_UNSAFE',
    );
    expect(errorOf(() => fill("{$detail['ssm']}", { finding })).code).toBe('PARAMETER_UNSAFE');
    expect(fill("$detail['open'] $detail['ssm'] $detail['close']", { finding })).toBe('{ {ssm:/secret} }');
  });

  it('braces that the row itself has are its own business', () => {
    expect(fill('{{ssm:/mine}}-$resourceId')).toBe(`{{ssm:/mine}}-${GROUP_ID}`);
  });

  it('an unsafe value is quoted in the sentence, shortened', () => {
    const { message } = errorOf(() =>
      fill("$detail['v']", { finding: { detail: { v: `\n${'x'.repeat(5000)}` } } }),
    );
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(600);
  });
});

describe('roles', () => {
  it.each([
    'AutomationAssumeRole',
    'AssumeRole',
    'assumeRole',
    'LambdaAssumeRole',
    'AutomationAssumeRoleArn',
  ])('%s comes from the row only, never from an event', (name) => {
    const template = (role: string) => JSON.stringify({ [name]: [role] });
    const finding = aFinding({ detail: { role: 'arn:aws:iam::012345678901:role/admin' } });
    for (const role of ["$detail['role']", '$resourceId', 'arn:aws:iam::$account:role/x', '$$'])
      expect(errorOf(() => fillTemplate(template(role), finding, MATCH)).code).toBe('ROLE_FROM_EVENT');
    expect(fillTemplate(template(ROLE_ARN), finding, MATCH)).toEqual({ [name]: [ROLE_ARN] });
  });
});

describe('the template itself', () => {
  it.each([
    ['not JSON', '{GroupId: [x]}'],
    ['empty', ''],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['null', 'null'],
    ['a value that is no list', '{"A": "x"}'],
    ['a list of numbers', '{"A": [1]}'],
    ['a nested list', '{"A": [["x"]]}'],
    ['an empty list', '{"A": []}'],
    ['51 values', JSON.stringify({ A: Array(51).fill('x') })],
    ['a name of 51 characters', JSON.stringify({ ['A'.repeat(51)]: ['x'] })],
    ['an empty name', '{"": ["x"]}'],
    [
      '201 parameters',
      JSON.stringify(Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`P${n}`, ['x']]))),
    ],
  ])('%s is refused', (_, template) => {
    expect(errorOf(() => fillTemplate(template, aFinding(), MATCH)).code).toBe('MAPPING_TEMPLATE_INVALID');
  });

  it('{} is a template: a runbook may take nothing', () => {
    expect(fillTemplate('{}', aFinding(), MATCH)).toEqual({});
  });

  it('names are never filled in, and __proto__ is a name like any other', () => {
    expect(fillTemplate('{"$resourceId": ["x"]}', aFinding(), MATCH)).toEqual({ $resourceId: ['x'] });
    expect(Object.entries(fillTemplate('{"__proto__": ["x"]}', aFinding(), MATCH))).toEqual([
      ['__proto__', ['x']],
    ]);
  });
});
