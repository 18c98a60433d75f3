import type { ValueType } from '../documents/value-types.ts';
import { isJsonObject } from '../tags/request.ts';

/** A typed value from the list of strings that the API takes; undefined if it is not of the type. */
export function fromStrings(type: ValueType, strings: readonly string[]): unknown {
  const [single] = strings.length === 1 ? strings : [];
  switch (type) {
    case 'String':
      return single;
    case 'StringList':
      return [...strings];
    case 'Integer':
      return single !== undefined && /^-?\d{1,15}$/.test(single) ? Number(single) : undefined;
    case 'Boolean':
      return single !== undefined && /^(true|false)$/i.test(single)
        ? single.toLowerCase() === 'true'
        : undefined;
    case 'StringMap': {
      const value = single === undefined ? undefined : parseJson(single);
      return isJsonObject(value) ? value : undefined;
    }
    case 'MapList': {
      const values = strings.flatMap((text) => parseJson(text));
      return values.every(isJsonObject) ? values : undefined;
    }
  }
}

/** A typed value as the list of strings that the API shows. */
export function toStrings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((member) =>
    typeof member === 'string' ? member : JSON.stringify(member),
  );
}

/** Undefined for what is not JSON, or has a key that could reach an object's prototype. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => {
      if (key === '__proto__') throw new SyntaxError('the key __proto__ is not allowed');
      return value;
    });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
