import type { JsonObject } from '../../service.ts';
import type { QueryDialect } from './query-request.ts';
import type { Member, Shape } from './shape.ts';
import { element, escapeXml } from './xml.ts';

export interface QueryAnswer {
  readonly operation: string;
  readonly output: JsonObject;
  readonly shape: Shape;
  readonly dialect: QueryDialect;
  readonly namespace: string;
  readonly requestId: string;
}

/** The XML body of a successful call. EC2 puts members beside the request's ID, the others nest them in a result. */
export function writeQueryAnswer(answer: QueryAnswer): string {
  const { operation, requestId, shape, dialect } = answer;
  const body = shape.kind === 'structure' ? writeMembers(answer.output, shape.members) : '';
  const content =
    dialect === 'ec2'
      ? element('requestId', escapeXml(requestId)) +
        (shape.kind === 'unit' ? element('return', 'true') : body)
      : element(`${operation}Result`, body) +
        element('ResponseMetadata', element('RequestId', escapeXml(requestId)));
  const root = `${operation}Response`;
  return `${DECLARATION}<${root} xmlns="${escapeXml(answer.namespace)}">${content}</${root}>`;
}

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function writeMembers(value: object, members: readonly Member[]): string {
  return members
    .map((member) =>
      writeValue(Reflect.get(value, member.name), member.xmlName ?? member.name, member.shape()),
    )
    .join('');
}

function writeValue(value: unknown, name: string, shape: Shape): string {
  if (value === undefined || value === null) return '';
  switch (shape.kind) {
    case 'structure':
      return element(name, isObject(value) ? writeMembers(value, shape.members) : '');
    case 'list':
      return writeList(value, name, shape);
    case 'map':
      return writeMap(value, name, shape);
    default:
      return element(name, escapeXml(writeScalar(value)));
  }
}

function writeList(value: unknown, name: string, shape: Shape & { kind: 'list' }): string {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const itemName = shape.isFlattened ? name : (shape.item.xmlName ?? shape.item.name);
  const content = items.map((item) => writeValue(item, itemName, shape.item.shape())).join('');
  return shape.isFlattened ? content : element(name, content);
}

function writeMap(value: unknown, name: string, shape: Shape & { kind: 'map' }): string {
  const entryName = shape.isFlattened ? name : 'entry';
  const content = Object.entries(isObject(value) ? value : {})
    .map(([key, item]) =>
      element(
        entryName,
        writeValue(key, shape.key.xmlName ?? 'key', { kind: 'string' }) +
          writeValue(item, shape.value.xmlName ?? 'value', shape.value.shape()),
      ),
    )
    .join('');
  return shape.isFlattened ? content : element(name, content);
}

function writeScalar(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
