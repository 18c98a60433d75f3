import type { JsonObject } from '../../service.ts';
import type { Member, Shape, StructureShape } from './shape.ts';
import { malformed, readXml, type XmlElement } from './xml-reader.ts';

/** An HTTP message as an operation's members are bound to it. */
export interface RestMessage {
  /** Of the path: `Bucket`, `Key`. */
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * The input of a REST-XML operation.
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 * @throws AwsError MalformedXML
 */
export function readRestXml(message: RestMessage, shape: Shape): JsonObject {
  if (shape.kind !== 'structure') return {};
  const read = new Map<string, unknown>();
  for (const member of shape.members) {
    const value = readBound(message, member);
    if (value !== undefined) read.set(member.name, value);
  }
  return Object.fromEntries(read);
}

function readBound(message: RestMessage, member: Member): unknown {
  const { traits = {} } = member;
  if (traits.httpLabel) return message.labels[member.name];
  if (typeof traits.httpHeader === 'string') {
    return readText(message.headers[traits.httpHeader.toLowerCase()], member.shape());
  }
  if (typeof traits.httpQuery === 'string') {
    return readText(message.query.get(traits.httpQuery) ?? undefined, member.shape());
  }
  if (typeof traits.httpPrefixHeaders === 'string') {
    return readPrefixed(message.headers, traits.httpPrefixHeaders.toLowerCase());
  }
  return traits.httpPayload ? readPayload(message.body, member.shape()) : undefined;
}

function readPayload(body: Buffer, shape: Shape): unknown {
  if (shape.kind === 'blob') return body;
  if (body.length === 0) return undefined;
  const text = body.toString();
  return shape.kind === 'structure' ? readStructure(readXml(text), shape) : text;
}

function readPrefixed(headers: RestMessage['headers'], prefix: string): JsonObject | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  if (found.length === 0) return undefined;
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Text of a header or of the query, as the member's type; the operation says what it thinks of a wrong one. */
function readText(text: string | undefined, shape: Shape): unknown {
  if (text === undefined) return undefined;
  if (shape.kind === 'list') return text.split(',').map((item) => item.trim());
  return readScalar(text, shape.kind) ?? text;
}

function readValue(element: XmlElement, shape: Shape): unknown {
  if (shape.kind === 'structure') return readStructure(element, shape);
  if (shape.kind === 'list') {
    const name = shape.item.xmlName ?? 'member';
    if (element.children.some((child) => child.name !== name)) throw malformed();
    return element.children.map((child) => readValue(child, shape.item.shape()));
  }
  if (shape.kind === 'map' || element.children.length > 0) throw malformed();
  const value = readScalar(element.text, shape.kind);
  if (value === undefined) throw malformed();
  return value;
}

function readStructure(element: XmlElement, { members }: StructureShape): JsonObject {
  const known = new Set(members.map(nameOf));
  if (element.children.some(({ name }) => !known.has(name))) throw malformed();
  const read = new Map<string, unknown>();
  for (const member of members) {
    const value = readMember(element, member);
    if (value !== undefined) read.set(member.name, value);
  }
  return Object.fromEntries(read);
}

function readMember(element: XmlElement, member: Member): unknown {
  if (member.traits?.xmlAttribute) return element.attributes.get(nameOf(member));
  const found = element.children.filter(({ name }) => name === nameOf(member));
  const [first, second] = found;
  const shape = member.shape();
  if (first === undefined) return undefined;
  if (shape.kind === 'list' && shape.isFlattened) {
    return found.map((child) => readValue(child, shape.item.shape()));
  }
  if (second !== undefined) throw malformed();
  return readValue(first, shape);
}

function readScalar(text: string, kind: Shape['kind']): unknown {
  switch (kind) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text.trim()) ? text.trim().toLowerCase() === 'true' : undefined;
    case 'number':
      return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
    case 'timestamp': {
      const date = new Date(text);
      return Number.isNaN(date.getTime()) ? undefined : date;
    }
    default:
      return text;
  }
}

function nameOf(member: Member): string {
  return member.xmlName ?? member.name;
}
