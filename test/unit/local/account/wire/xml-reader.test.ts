import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, escapeXml } from '../../../../../local/account/wire/xml.ts';
import { readXml, type XmlElement } from '../../../../../local/account/wire/xml-reader.ts';

const MALFORMED = expect.objectContaining({ code: 'MalformedXML' });

function plain({ name, text, children }: XmlElement): unknown {
  return children.length > 0 ? { [name]: children.map(plain) } : { [name]: text };
}

describe('readXml', () => {
  it('reads elements, attributes and text', () => {
    const root = readXml(
      '\ufeff<?xml version="1.0"?>\n<!-- a --><s:Root xmlns:s="urn:x" a="1 &lt; 2" b=\'"\'><A>x &amp; &#x1F600;&#65;</A><B/><C><![CDATA[<&>]]></C></s:Root>\n',
    );
    expect(root.name).toBe('Root');
    expect([...root.attributes]).toEqual([
      ['xmlns:s', 'urn:x'],
      ['a', '1 < 2'],
      ['b', '"'],
    ]);
    expect(plain(root)).toEqual({ Root: [{ A: 'x & \u{1F600}A' }, { B: '' }, { C: '<&>' }] });
  });

  it.each([
    ['nothing', ''],
    ['text', 'text'],
    ['an open element', '<a>'],
    ['crossed elements', '<a><b></a></b>'],
    ['a closing too many', '<a></a></a>'],
    ['two roots', '<a/><b/>'],
    ['text beside the root', '<a/>x'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an entity of its own', '<a>&x;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['a character beyond Unicode', '<a>&#x110000;</a>'],
    ['an unclosed comment', '<a><!-- </a>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'],
    ['nesting without end', '<a>'.repeat(10_000)],
  ])('refuses %s', (_what, text) => {
    expect(() => readXml(text)).toThrow(MALFORMED);
  });

  it.each([
    ['spaces', `<a${' '.repeat(1_000_000)}`],
    ['attributes', `<a${' b="c"'.repeat(200_000)}`],
    ['comments', `<a>${'<!--'.repeat(200_000)}`],
    ['ampersands', `<a>${'&'.repeat(500_000)}</a>`],
  ])('refuses a megabyte of %s without delay', (_what, text) => {
    const started = performance.now();
    expect(() => readXml(text)).toThrow(MALFORMED);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('reads what escapeXml writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const written = element('Root', element('A', escapeXml(value)));
        const kept = value
          .toWellFormed()
          .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');
        expect(plain(readXml(written))).toEqual({ Root: [{ A: kept }] });
      }),
    );
  });
});
