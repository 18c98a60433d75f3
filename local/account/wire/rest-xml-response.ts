import type { JsonObject } from '../../service.ts';
import type { AccountHttpResponse } from '../account.ts';
import type { Member, OperationShapes, Shape, StructureShape } from './shape.ts';
import { DECLARATION, element, escapeXml } from './xml.ts';
import { writeMembers, writeStructure } from './xml-members.ts';

export interface RestXmlAnswer {
  readonly operation: OperationShapes;
  readonly output: JsonObject;
  readonly namespace: string;
}

/** The response to a successful REST-XML call: members bound to headers there, the rest or the payload as the body. */
export function writeRestXml({ operation, output, namespace }: RestXmlAnswer): AccountHttpResponse {
  const shape = operation.output;
  const members = shape.kind === 'structure' ? shape.members : [];
  const headers = Object.fromEntries(members.flatMap((member) => headersOf(member, output)));
  const payload = members.find(({ traits }) => traits?.httpPayload);
  const isPartial = output.ContentRange !== undefined;
  const statusCode = isPartial ? 206 : (operation.http?.statusCode ?? 200);
  if (payload && payload.shape().kind !== 'structure') {
    return { statusCode, headers, body: rawBody(output[payload.name]) };
  }
  const document = payload
    ? documentOf(output[payload.name], payload.shape(), namespace)
    : bodyOf(output, shape, namespace);
  const type: Record<string, string> = document === '' ? {} : { 'content-type': 'application/xml' };
  return { statusCode, headers: { ...type, ...headers }, body: document && DECLARATION + document };
}

function headersOf({ name, traits = {} }: Member, output: JsonObject): [string, string][] {
  const value = output[name];
  if (value === undefined || value === null) return [];
  if (typeof traits.httpHeader === 'string') return [[traits.httpHeader.toLowerCase(), headerText(value)]];
  if (typeof traits.httpPrefixHeaders !== 'string' || typeof value !== 'object') return [];
  const prefix = traits.httpPrefixHeaders;
  return Object.entries(value).map(([key, text]) => [`${prefix}${key}`, headerText(text)]);
}

/** Times in headers have HTTP's form. What headers cannot carry, such as a line feed, becomes a space. */
function headerText(value: unknown): string {
  if (value instanceof Date) return value.toUTCString();
  return Buffer.from(String(value))
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
}

function rawBody(value: unknown): string | Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : String(value ?? '');
}

function documentOf(value: unknown, shape: Shape, namespace: string): string {
  if (shape.kind !== 'structure' || typeof value !== 'object' || value === null) return '';
  return withNamespace(writeStructure(value, shape.xmlName ?? '', shape), shape, namespace);
}

function bodyOf(output: JsonObject, shape: Shape, namespace: string): string {
  if (shape.kind !== 'structure') return '';
  const members = shape.members.filter(({ traits }) => !traits?.httpHeader && !traits?.httpPrefixHeaders);
  const [only] = members;
  if (only === undefined) return '';
  // S3's GetBucketLocation is a document without a wrapper: the member's own element is the root.
  const content =
    members.length === 1 && only.name === shape.xmlName
      ? escapeXml(String(output[only.name] ?? ''))
      : writeMembers(output, members);
  return withNamespace(element(shape.xmlName ?? '', content), shape, namespace);
}

function withNamespace(xml: string, { xmlName = '' }: StructureShape, namespace: string): string {
  return xml.replace(`<${xmlName}`, `<${xmlName} xmlns="${escapeXml(namespace)}"`);
}
