import type { Member, Shape, StructureShape } from '../account/wire/shape.ts';

// SNS speaks the query protocol only: these are the forms and elements that its members are written in.

export const text: Shape = { kind: 'string' };
export const flag: Shape = { kind: 'boolean' };

export function structure(members: Readonly<Record<string, Shape>>): StructureShape {
  return { kind: 'structure', members: Object.entries(members).map(([name, shape]) => member(name, shape)) };
}

export function list(item: Shape): Shape {
  return { kind: 'list', item: member('member', item), isFlattened: false };
}

/** @param names what keys and values are called @default key, value */
export function map(
  value: Shape,
  names: { key: string; value: string } = { key: 'key', value: 'value' },
): Shape {
  return { kind: 'map', key: member(names.key, text), value: member(names.value, value), isFlattened: false };
}

/** What is published, alone or in a batch. */
export const MESSAGE_MEMBERS: Readonly<Record<string, Shape>> = {
  Message: text,
  Subject: text,
  MessageStructure: text,
  MessageAttributes: map(structure({ DataType: text, StringValue: text, BinaryValue: text }), {
    key: 'Name',
    value: 'Value',
  }),
  MessageDeduplicationId: text,
  MessageGroupId: text,
};

function member(name: string, shape: Shape): Member {
  return { name, xmlName: name, ec2QueryName: undefined, shape: () => shape };
}
