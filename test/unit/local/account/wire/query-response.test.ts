import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeQueryAnswer } from '../../../../../local/account/wire/query-response.ts';
import { operationShapes } from '../../../../../local/account/wire/shape.ts';
import { escapeXml } from '../../../../../local/account/wire/xml.ts';

const OUTPUT = [
  3,
  'ns',
  'Result',
  0,
  ['Name', 'Items', 'When', 'Flat', 'Map'],
  [
    [0, { xmlName: 'name' }],
    [[1, 'ns', 'Items', 0, [0, { xmlName: 'item' }]], { xmlName: 'itemSet' }],
    [4, { xmlName: 'when' }],
    [[1, 'ns', 'Flat', 0, 0], { xmlFlattened: 1, xmlName: 'flat' }],
    [2, 'ns', 'Map', 0, 0, 0],
  ],
];

function write(
  output: Record<string, unknown>,
  dialect: 'ec2' | 'aws' = 'ec2',
  schema: unknown = OUTPUT,
): string {
  const shape = operationShapes([9, 'ns', 'Do', 0, 'unit', schema])?.output;
  if (shape === undefined) throw new Error('no operation');
  return writeQueryAnswer({ operation: 'Do', output, shape, dialect, namespace: 'urn:x', requestId: 'r-1' });
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<DoResponse xmlns="urn:x">';

describe('writeQueryAnswer', () => {
  it("puts EC2's members beside the request's ID", () => {
    expect(write({ Name: 'a', Items: ['x', 'y'], When: new Date(0), Unknown: 1 })).toBe(
      `${HEAD}<requestId>r-1</requestId><name>a</name><itemSet><item>x</item><item>y</item></itemSet><when>1970-01-01T00:00:00.000Z</when></DoResponse>`,
    );
  });

  it('nests the members of other services in a result', () => {
    expect(write({ Name: 'a', Flat: ['x', 'y'], Map: { k: 'v' } }, 'aws')).toBe(
      `${HEAD}<DoResult><name>a</name><flat>x</flat><flat>y</flat><Map><entry><key>k</key><value>v</value></entry></Map></DoResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DoResponse>`,
    );
  });

  it('writes empty lists, leaves out what is not there, and says true where there is nothing to say', () => {
    expect(write({ Name: undefined, Items: [] })).toBe(
      `${HEAD}<requestId>r-1</requestId><itemSet/></DoResponse>`,
    );
    expect(write({}, 'ec2', 'unit')).toBe(
      `${HEAD}<requestId>r-1</requestId><return>true</return></DoResponse>`,
    );
  });

  it('never lets text become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        const [, content] = /<name>([^<>]*)<\/name><\/DoResponse>$/.exec(write({ Name: value })) ?? [];
        expect(content).toBeDefined();
        expect(content?.replaceAll(/&(?:amp|lt|gt|quot|apos|#xD);/g, '')).not.toMatch(/[&<>"'\r\0]/);
      }),
    );
  });
});

describe('escapeXml', () => {
  it('escapes markup and quotes, and keeps other text', () => {
    expect(escapeXml(`<a b="c">&'é\u{1f600}\t\n`)).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&apos;é\u{1f600}\t\n');
  });

  it('replaces what XML 1.0 cannot carry', () => {
    expect(escapeXml('a\u0000b\u000bc\ud800d\ufffe')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
    expect(escapeXml('a\rb')).toBe('a&#xD;b');
  });
});
