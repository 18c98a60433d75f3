import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuery } from '../../../../../local/account/wire/query-request.ts';
import { operationShapes, type Shape } from '../../../../../local/account/wire/shape.ts';
import { AwsError } from '../../../../../local/aws-error.ts';

const FILTER = [
  3,
  'ns',
  'Filter',
  0,
  ['Name', 'Values'],
  [0, [[1, 'ns', 'Values', 0, [0, { xmlName: 'item' }]], { xmlName: 'Value' }]],
];
const TREE: unknown[] = [3, 'ns', 'Tree', 0, ['Name', 'Child'], [0, () => TREE]];

/** A request with something of everything: as the SDK's clients carry it. */
const REQUEST = [
  3,
  'ns',
  'Request',
  0,
  ['DryRun', 'Count', 'Since', 'Filters', 'Ids', 'Labels', 'Tree'],
  [
    [2, { ec2QueryName: 'DryRun', xmlName: 'dryRun' }],
    1,
    4,
    [[1, 'ns', 'Filters', 0, [FILTER, { xmlName: 'Filter' }]], { xmlName: 'Filter' }],
    [64, { xmlName: 'id' }],
    [2, 'ns', 'Labels', 0, 0, 0],
    () => TREE,
  ],
];

function shapeOf(schema: unknown): Shape {
  const shapes = operationShapes([9, 'ns', 'Operation', 0, schema, 'unit']);
  if (shapes === undefined) throw new Error('no operation');
  return shapes.input;
}

const SHAPE = shapeOf(REQUEST);
const read = (query: string, dialect: 'ec2' | 'aws' = 'ec2') =>
  readQuery(new URLSearchParams(query), SHAPE, dialect);

describe("EC2's dialect", () => {
  it('reads lists, structures and scalars by their wire names', () => {
    expect(
      read(
        'Action=X&Version=1&DryRun=true&Count=-7&Filter.1.Name=a&Filter.1.Value.1=x&Filter.1.Value.2=y&Id.1=i-1',
      ),
    ).toEqual({ DryRun: true, Count: -7, Filters: [{ Name: 'a', Values: ['x', 'y'] }], Ids: ['i-1'] });
  });

  it('orders list members by number, also with gaps', () => {
    expect(read('Id.10=c&Id.2=b&Id.1=a')).toEqual({ Ids: ['a', 'b', 'c'] });
  });

  it('reads times, text with any characters, and structures that hold themselves', () => {
    expect(read('Since=2026-01-02T03:04:05Z')).toEqual({ Since: new Date('2026-01-02T03:04:05Z') });
    expect(read(`Id.1=${encodeURIComponent('<&>"é\u{1f600}+ %')}`)).toEqual({ Ids: ['<&>"é\u{1f600}+ %'] });
    expect(read('Tree.Child.Child.Name=deep')).toEqual({ Tree: { Child: { Child: { Name: 'deep' } } } });
  });

  it('reads a name without value as an empty list', () => {
    expect(read('Id=')).toEqual({ Ids: [] });
  });

  it.each([
    ['Colour=blue', 'UnknownParameter', 'Colour'],
    ['Filter.1.Colour=blue', 'UnknownParameter', 'Filter.1.Colour'],
    ['dryRun=true', 'UnknownParameter', 'dryRun'],
    ['Id.one=i-1', 'UnknownParameter', 'Id.one'],
    ['Id.__proto__=i-1', 'UnknownParameter', '__proto__'],
    ['__proto__.polluted=1', 'UnknownParameter', '__proto__'],
    ['Count.1=2', 'UnknownParameter', 'Count.1'],
    ['DryRun=yes', 'InvalidParameterValue', "'yes' for DryRun"],
    ['Count=many', 'InvalidParameterValue', 'Count'],
    ['Count=1e3', 'InvalidParameterValue', 'Count'],
    ['Count=', 'InvalidParameterValue', 'Count'],
    ['Since=yesterday', 'InvalidParameterValue', 'Since'],
    ['Id=i-1', 'InvalidParameterValue', 'Id'],
    ['Count=1&Count=2', 'InvalidParameterValue', 'more than once'],
    ['Id..1=x', 'MalformedQueryString', 'Id..1'],
    [`Tree${'.Child'.repeat(1000)}.Name=x`, 'MalformedQueryString', 'Tree'],
  ])('refuses %.60s', (query, code, part) => {
    expect(() => read(query)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(part) }),
    );
  });

  it('takes no parameters where an operation has no input', () => {
    const unit = shapeOf('unit');
    expect(readQuery(new URLSearchParams('Action=X&Version=1'), unit, 'ec2')).toEqual({});
    expect(() => readQuery(new URLSearchParams('Action=X&A=1'), unit, 'ec2')).toThrow(AwsError);
  });
});

describe('the plain query dialect', () => {
  it('nests lists under member and maps under entry', () => {
    expect(read('id.member.1=a&id.member.2=b&Labels.entry.1.key=k&Labels.entry.1.value=v', 'aws')).toEqual({
      Ids: ['a', 'b'],
      Labels: { k: 'v' },
    });
    expect(() => read('id.1=a', 'aws')).toThrow(expect.objectContaining({ code: 'UnknownParameter' }));
  });

  it("keeps a map's key __proto__ as a key", () => {
    const { Labels } = read('Labels.entry.1.key=__proto__&Labels.entry.1.value=v', 'aws');
    expect(Object.entries(Labels as object)).toEqual([['__proto__', 'v']]);
    expect(({} as Record<string, unknown>).v).toBeUndefined();
  });
});

describe('fuzzed', () => {
  const segment = fc.oneof(
    fc.constantFrom(
      'Filter',
      'Id',
      'Value',
      'Name',
      'DryRun',
      'Count',
      'Tree',
      'Child',
      '1',
      '2',
      '__proto__',
      'constructor',
    ),
    fc.string({ maxLength: 4 }),
  );
  const name = fc.array(segment, { minLength: 1, maxLength: 40 }).map((parts) => parts.join('.'));
  const parameters = fc.array(fc.tuple(name, fc.string()), { maxLength: 8 });

  it('parses or refuses with an AWS error, and never touches a prototype', () => {
    fc.assert(
      fc.property(parameters, fc.constantFrom('ec2' as const, 'aws' as const), (pairs, dialect) => {
        try {
          const input = readQuery(new URLSearchParams(pairs), SHAPE, dialect);
          expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('survives any bytes as a query string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          readQuery(new URLSearchParams(text), SHAPE, 'ec2');
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back what it was given as filters', () => {
    const filters = fc.array(
      fc.record({ Name: fc.string(), Values: fc.array(fc.string(), { minLength: 1 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(filters, (list) => {
        const query = new URLSearchParams();
        list.forEach(({ Name, Values }, index) => {
          query.append(`Filter.${index + 1}.Name`, Name);
          for (const [position, value] of Values.entries()) {
            query.append(`Filter.${index + 1}.Value.${position + 1}`, value);
          }
        });
        expect(readQuery(query, SHAPE, 'ec2')).toEqual({ Filters: list });
      }),
    );
  });
});
