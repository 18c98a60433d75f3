import { AwsError } from '../../aws-error.ts';

/** One element of a document: what its children and its text are. */
export interface XmlElement {
  /** Without a namespace's prefix. */
  readonly name: string;
  /** By name as written, prefix included. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text that is directly in it. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly rawName: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** No request of an AWS API nests deeper: more is an attempt to exhaust the stack. */
const MAX_DEPTH = 32;

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document as requests have them. Document types, and with them entities that grow, are refused.
 * @returns its root @throws AwsError MalformedXML
 */
export function readXml(text: string): XmlElement {
  const root: Open = { name: '', rawName: '', attributes: new Map(), children: [], text: '' };
  const stack: Open[] = [root];
  let position = 0;
  for (const token of text.replace(/^\ufeff/, '').matchAll(TOKEN)) {
    position = token.index + token[0].length;
    const [whole, cdata, closed, opened, attributes = '', selfClosing, characters] = token;
    const current = stack.at(-1) ?? root;
    if (cdata !== undefined) current.text += cdata;
    else if (characters !== undefined) current.text += decode(characters);
    else if (closed !== undefined) close(stack, closed);
    else if (opened !== undefined) {
      stack.push({ ...emptyElement(opened), attributes: readAttributes(attributes) });
      if (stack.length > MAX_DEPTH) throw malformed();
      if (selfClosing === '/') close(stack, opened);
    } else if (!whole.startsWith('<!--') && !whole.startsWith('<?')) throw malformed();
  }
  const [document] = root.children;
  const isWhole = position === text.replace(/^\ufeff/, '').length && stack.length === 1;
  if (!isWhole || document === undefined || root.children.length > 1 || root.text.trim() !== '') {
    throw malformed();
  }
  return document;
}

/** The error for a body that is no XML, or none that the operation takes. */
export function malformed(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function close(stack: Open[], rawName: string): void {
  const element = stack.pop();
  const parent = stack.at(-1);
  if (element === undefined || parent === undefined || element.rawName !== rawName) throw malformed();
  parent.children.push(element);
}

function emptyElement(rawName: string): Open {
  const name = rawName.slice(rawName.indexOf(':') + 1);
  return { name, rawName, attributes: new Map(), children: [], text: '' };
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (found.has(name)) throw malformed();
    found.set(name, decode(double ?? single ?? ''));
  }
  return found;
}

function decode(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/&([^;&]*);?/g, (whole, name: string) => {
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (known !== undefined && whole.endsWith(';')) return known;
    const code = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    const point = code?.[1] ? Number.parseInt(code[1], 16) : Number(code?.[2] ?? Number.NaN);
    if (!(point > 0 && point <= 0x10_ffff)) throw malformed();
    return String.fromCodePoint(point);
  });
}
