import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../local/events/pattern.ts';

/** Whether `{ "v": alternatives }` matches `{ "v": value }`. */
const matches = (alternatives: unknown[], value: unknown) =>
  compilePattern({ v: alternatives })({ v: value });

describe('exact values', () => {
  it.each([
    [['a'], 'a', true],
    [['a', 'b'], 'b', true],
    [['a'], 'A', false],
    [[''], '', true],
    [[1], 1, true],
    [[1], '1', false],
    [['1'], 1, false],
    [[3.018e2], 301.8, true],
    [[true], true, true],
    [[true], 'true', false],
    [[false], false, true],
    [[null], null, true],
    [[null], 'null', false],
    [['a'], undefined, false],
    [['a'], { a: 'a' }, false],
  ])('%j on %j: %s', (alternatives, value, expected) => {
    expect(matches(alternatives, value)).toBe(expected);
  });
});

describe('operators', () => {
  it.each([
    [{ prefix: 'eu-' }, 'eu-west-1', true],
    [{ prefix: 'eu-' }, 'EU-west-1', false],
    [{ prefix: '' }, '', true],
    [{ prefix: '1' }, 12, false],
    [{ prefix: { 'equals-ignore-case': 'EU-' } }, 'eu-west-1', true],
    [{ prefix: { 'equals-ignore-case': 'EU-' } }, 'us-west-1', false],
    [{ suffix: '.png' }, 'a.png', true],
    [{ suffix: '.png' }, 'a.PNG', false],
    [{ suffix: { 'equals-ignore-case': '.png' } }, 'a.PNG', true],
    [{ 'equals-ignore-case': 'Alice' }, 'aLICE', true],
    [{ 'equals-ignore-case': 'Alice' }, 'Alicia', false],
    [{ wildcard: 'arn:*:sg-*' }, 'arn:aws:ec2:sg-1', true],
    [{ wildcard: 'arn:*:sg-*' }, 'arn:aws:ec2:i-1', false],
    [{ wildcard: '*' }, '', true],
    [{ wildcard: 'a*a' }, 'a', false],
    [{ wildcard: 'a\\*b' }, 'a*b', true],
    [{ wildcard: 'a\\*b' }, 'axb', false],
    [{ wildcard: 'a\\\\*' }, 'a\\b', true],
    [{ wildcard: '*1*' }, 1, false],
    [{ 'anything-but': 'a' }, 'b', true],
    [{ 'anything-but': 'a' }, 'a', false],
    [{ 'anything-but': 'a' }, 1, true],
    [{ 'anything-but': 'a' }, null, true],
    [{ 'anything-but': 'a' }, undefined, false],
    [{ 'anything-but': 'a' }, {}, false],
    [{ 'anything-but': 1 }, 1, false],
    [{ 'anything-but': 1 }, '1', true],
    [{ 'anything-but': ['a', 'b'] }, 'b', false],
    [{ 'anything-but': [1, 2] }, 3, true],
    [{ 'anything-but': { prefix: 'a' } }, 'ab', false],
    [{ 'anything-but': { prefix: ['a', 'b'] } }, 'bc', false],
    [{ 'anything-but': { prefix: ['a', 'b'] } }, 'cb', true],
    [{ 'anything-but': { suffix: 'b' } }, 'ab', false],
    [{ 'anything-but': { suffix: ['x', 'y'] } }, 'ab', true],
    [{ 'anything-but': { wildcard: '*/lib/*' } }, 'a/lib/b', false],
    [{ 'anything-but': { wildcard: ['*.x', 'y*'] } }, 'a.z', true],
    [{ 'anything-but': { 'equals-ignore-case': 'a' } }, 'A', false],
    [{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }, 'B', false],
    [{ numeric: ['=', 5] }, 5, true],
    [{ numeric: ['<', 5] }, 5, false],
    [{ numeric: ['<=', 5] }, 5, true],
    [{ numeric: ['>', 5] }, 5.000001, true],
    [{ numeric: ['>=', 5] }, 4.9, false],
    [{ numeric: ['>', 0, '<=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 0, false],
    [{ numeric: ['>', 0] }, '1', false],
    [{ numeric: ['>', 0] }, 6e9, false],
    [{ exists: true }, null, true],
    [{ exists: true }, '', true],
    [{ exists: true }, undefined, false],
    [{ exists: true }, { leaf: 1 }, false],
    [{ exists: false }, undefined, true],
    [{ exists: false }, 0, false],
    [{ exists: false }, { leaf: 1 }, true],
    [{ exists: false }, [], true],
    [{ cidr: '10.0.0.0/24' }, '10.0.0.255', true],
    [{ cidr: '10.0.0.0/24' }, '10.0.1.0', false],
    [{ cidr: '10.0.0.7/32' }, '10.0.0.7', true],
    [{ cidr: '0.0.0.0/0' }, 'host', false],
    [{ cidr: '10.0.0.0/24' }, 10, false],
    [{ cidr: '2001:db8::/32' }, '2001:db8:ffff::1', true],
    [{ cidr: '2001:db8::/32' }, '2001:db9::1', false],
    [{ cidr: 'fe80::/10' }, 'fe80::1%eth0', false],
  ])('%j on %j: %s', (operator, value, expected) => {
    expect(matches([operator], value)).toBe(expected);
  });

  it('takes any of several alternatives', () => {
    const alternatives = ['Red', { prefix: 'Yel' }, { exists: false }];
    expect(['Red', 'Yellow', undefined, 'Green'].map((value) => matches(alternatives, value))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('structure', () => {
  it('needs every field that the pattern names, and no other', () => {
    const match = compilePattern({ source: ['aws.ec2'], detail: { state: ['running'], n: [1] } });
    expect(match({ source: 'aws.ec2', detail: { state: 'running', n: 1, more: true } })).toBe(true);
    expect(match({ source: 'aws.ec2', detail: { state: 'running' } })).toBe(false);
    expect(match({ detail: { state: 'running', n: 1 } })).toBe(false);
  });

  it('does not find fields on prototypes', () => {
    expect(compilePattern({ constructor: { name: [{ exists: true }] } })({})).toBe(false);
    expect(compilePattern(JSON.parse('{"__proto__":{"a":[1]}}'))(JSON.parse('{"__proto__":{"a":1}}'))).toBe(
      true,
    );
  });

  it('matches any element of an array, nested ones too', () => {
    expect(matches(['b'], ['a', 'b'])).toBe(true);
    expect(matches(['b'], [['a'], [['b']]])).toBe(true);
    expect(matches(['b'], ['a', { b: 'b' }])).toBe(false);
    expect(matches([{ 'anything-but': 'a' }], ['a', 'b'])).toBe(true);
    expect(matches([{ 'anything-but': 'a' }], ['a'])).toBe(false);
  });

  it('wants one element of an array of objects to match as a whole', () => {
    const match = compilePattern({ findings: { type: ['a'], severity: ['high'] } });
    expect(match({ findings: [{ type: 'b' }, { type: 'a', severity: 'high' }] })).toBe(true);
    expect(
      match({
        findings: [
          { type: 'a', severity: 'low' },
          { type: 'b', severity: 'high' },
        ],
      }),
    ).toBe(false);
  });

  it('calls a field of array elements absent only where no element has it', () => {
    const match = compilePattern({ findings: { type: ['a'], note: [{ exists: false }] } });
    expect(match({ findings: [{ type: 'a' }, { type: 'b' }] })).toBe(true);
    expect(match({ findings: [{ type: 'a' }, { type: 'b', note: 'n' }] })).toBe(false);
    expect(compilePattern({ a: { b: { c: [{ exists: false }] } } })({})).toBe(true);
  });

  it('takes one branch of $or, beside all other fields', () => {
    const match = compilePattern({
      source: ['s'],
      detail: { $or: [{ a: [1] }, { b: [2], c: [3] }, { $or: [{ d: [4] }, { e: [5] }] }] },
    });
    expect(match({ source: 's', detail: { a: 1 } })).toBe(true);
    expect(match({ source: 's', detail: { b: 2 } })).toBe(false);
    expect(match({ source: 's', detail: { b: 2, c: 3 } })).toBe(true);
    expect(match({ source: 's', detail: { e: 5 } })).toBe(true);
    expect(match({ source: 'x', detail: { a: 1 } })).toBe(false);
  });

  it("filters DynamoDB stream records, as Lambda's event filters do", () => {
    const match = compilePattern('{"dynamodb":{"NewImage":{"resourceStatus":{"S":["Red","Yellow"]}}}}');
    const record = (status: string) => ({
      eventName: 'MODIFY',
      dynamodb: { NewImage: { resourceStatus: { S: status } } },
    });
    expect([record('Red'), record('Yellow'), record('Green'), { dynamodb: {} }].map(match)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
