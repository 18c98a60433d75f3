import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/aws-error.ts';
import { compilePattern } from '../../../../local/events/pattern.ts';

describe('patterns that are refused', () => {
  it.each([
    ['no JSON', '{', 'Invalid JSON'],
    ['not an object', '[]', 'Filter is not an object'],
    ['null', 'null', 'Filter is not an object'],
    ['an empty object', {}, 'Empty objects are not allowed'],
    ['an empty object inside', { a: {} }, 'Empty objects are not allowed'],
    ['an empty array', { a: [] }, 'Empty arrays are not allowed'],
    ['a bare value', { a: 'b' }, '"a" must be an object or an array'],
    ['an array in an array', { a: [['b']] }, 'Match value must be String, number, true, false, or null'],
    ['an unknown operator', { a: [{ contains: 'b' }] }, 'Unrecognized match type contains'],
    ['an inherited name', { a: [{ toString: 'b' }] }, 'Unrecognized match type toString'],
    ['an empty operator', { a: [{}] }, 'Match expression name not found'],
    ['two operators', { a: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed in match expression'],
    ['a number as prefix', { a: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
    ['another operator in suffix', { a: [{ suffix: { prefix: 'a' } }] }, 'Unsupported suffix pattern'],
    ['two stars', { a: [{ wildcard: 'a**b' }] }, 'Consecutive wildcard characters at pos 1'],
    ['a wrong escape', { a: [{ wildcard: 'a\\b' }] }, 'Invalid escape character at pos 1'],
    ['a wildcard that ends in an escape', { a: [{ wildcard: 'a\\' }] }, 'Invalid escape character at pos 1'],
    ['exists of a string', { a: [{ exists: 'true' }] }, 'exists match pattern must be either true or false'],
    ['mixed anything-but', { a: [{ 'anything-but': ['a', 1] }] }, 'mixed type is not supported'],
    ['null in anything-but', { a: [{ 'anything-but': [null] }] }, 'start|null|boolean is not supported'],
    ['anything-but null', { a: [{ 'anything-but': null }] }, 'Value of anything-but must be an array'],
    ['anything-but nothing', { a: [{ 'anything-but': [] }] }, 'Empty arrays are not allowed'],
    [
      'anything-but numeric',
      { a: [{ 'anything-but': { numeric: ['=', 1] } }] },
      'Unsupported anything-but pattern',
    ],
    ['anything-but an empty prefix', { a: [{ 'anything-but': { prefix: '' } }] }, 'Null prefix not allowed'],
    ['numeric of a number', { a: [{ numeric: 1 }] }, 'Value of numeric must be an array.'],
    ['an empty numeric', { a: [{ numeric: [] }] }, 'Invalid member in numeric match'],
    ['an unknown comparison', { a: [{ numeric: ['!=', 1] }] }, 'Unrecognized numeric range operator: !='],
    ['a comparison with text', { a: [{ numeric: ['<', '1'] }] }, 'Value of < must be numeric'],
    ['a range the wrong way round', { a: [{ numeric: ['<', 5, '>', 1] }] }, 'Too many elements'],
    ['an empty range', { a: [{ numeric: ['>', 5, '<', 5] }] }, 'Bottom must be less than top'],
    ['half a range', { a: [{ numeric: ['>', 5, '<'] }] }, 'Value of < must be numeric'],
    ['a range too many', { a: [{ numeric: ['>', 1, '<', 5, '<', 6] }] }, 'Too many terms'],
    ['a huge number', { a: [{ numeric: ['<', 6e9] }] }, 'Value must be between -5.0E9 and 5.0E9'],
    ['a CIDR without mask', { a: [{ cidr: '10.0.0.0' }] }, "one '/' required"],
    ['a CIDR with a long mask', { a: [{ cidr: '10.0.0.0/33' }] }, 'IPv4 mask bits'],
    ['a CIDR with no number', { a: [{ cidr: '10.0.0.0/x' }] }, 'mask bits must be an integer'],
    ['a CIDR of a host', { a: [{ cidr: 'localhost/8' }] }, 'Nonstandard IP address'],
    ['$or of an object', { $or: { a: [1] } }, 'It must be an Array followed with $or'],
    ['$or of one', { $or: [{ a: [1] }] }, 'at least 2 Objects in $or'],
    ['$or of text', { $or: ['a', 'b'] }, 'Only JSON object is allowed in array of $or'],
    ['an operator as a field in $or', { $or: [{ prefix: ['a'] }, { b: [1] }] }, 'reserved fieldName'],
    ['a long pattern', `{"a":["${'x'.repeat(4096)}"]}`, 'longer than 4096 characters'],
  ])('%s', (_, pattern, reason) => {
    const compile = () => compilePattern(pattern);
    expect(compile).toThrow(AwsError);
    expect(compile).toThrow(expect.objectContaining({ code: 'InvalidEventPatternException' }));
    expect(compile).toThrow('Event pattern is not valid. Reason: ');
    expect(compile).toThrow(reason);
  });
});
