import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * An item as JSON can show it, whatever people wrote into it: sets are lists, binary values are base64, and a number that
 * JavaScript would round is a text.
 */
export function plainItem(item: Readonly<Record<string, AttributeValue>>): Readonly<Record<string, unknown>> {
  // An item is a map.
  return plain(unmarshall({ ...item }, { wrapNumbers: exactly })) as Readonly<Record<string, unknown>>;
}

function exactly(text: string): number | string {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return [...value].map(plain).sort();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
