import type { Member, Shape, StructureShape } from './shape.ts';
import { element, escapeXml } from './xml.ts';

/** The elements of a structure's members, in their order. What is undefined or null is left out. */
export function writeMembers(value: object, members: readonly Member[]): string {
  return members
    .filter(({ traits }) => !traits?.xmlAttribute)
    .map((member) => writeValue(Reflect.get(value, member.name), nameOf(member), member.shape()))
    .join('');
}

function writeValue(value: unknown, name: string, shape: Shape): string {
  if (value === undefined || value === null) return '';
  switch (shape.kind) {
    case 'structure':
      return isObject(value) ? writeStructure(value, name, shape) : element(name, '');
    case 'list':
      return writeList(value, name, shape);
    case 'map':
      return writeMap(value, name, shape);
    default:
      return element(name, escapeXml(writeScalar(value)));
  }
}

/** A structure as an element of that name, with its attributes and their namespace (S3's grantees have such). */
export function writeStructure(value: object, name: string, { members }: StructureShape): string {
  const attributes = members
    .filter(({ traits }) => traits?.xmlAttribute)
    .map((member): [string, unknown] => [nameOf(member), Reflect.get(value, member.name)])
    .filter(([, text]) => text !== undefined && text !== null)
    .map(([attribute, text]) => ` ${attribute}="${escapeXml(String(text))}"`)
    .join('');
  const namespace = attributes.includes(' xsi:') ? ` xmlns:xsi="${XSI}"` : '';
  return element(name, writeMembers(value, members), namespace + attributes);
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function nameOf(member: Member): string {
  return member.xmlName ?? member.name;
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
