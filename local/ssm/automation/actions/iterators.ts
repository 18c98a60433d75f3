import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import { asText } from '../tokens.ts';
import { invalidInput } from './inputs.ts';

const MAX_ITERATORS = 100;

type Read = (value: unknown) => unknown;

const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['String', asText],
  ['Integer', (value) => (/^-?\d+$/.test(asText(value)) ? Number(value) : undefined)],
  [
    'Boolean',
    (value) => (/^(true|false)$/i.test(asText(value)) ? asText(value).toLowerCase() === 'true' : undefined),
  ],
  ['StringMap', (value) => (isJsonObject(value) ? value : parseMap(value))],
]);

/**
 * What a loop iterates over: `Iterators`, each of the type `IteratorDataType` (String by default; a list of
 * maps is taken as it is).
 * @throws StepFailure
 */
export function readIterators(inputs: JsonObject): readonly unknown[] {
  const { Iterators: iterators, IteratorDataType: declared } = inputs;
  const list = typeof iterators === 'string' ? [iterators] : iterators;
  if (!Array.isArray(list)) throw invalidInput('Iterators has to be a list');
  if (list.length > MAX_ITERATORS) {
    throw invalidInput(`Iterators has ${list.length} members; a loop takes ${MAX_ITERATORS} at most`);
  }
  const type = declared ?? (list.length > 0 && list.every(isJsonObject) ? 'StringMap' : 'String');
  const read = typeof type === 'string' ? READERS.get(type) : undefined;
  if (read === undefined) {
    throw invalidInput(`IteratorDataType ${asText(type)} is none of ${[...READERS.keys()].join(', ')}`);
  }
  return list.map((value) => {
    const converted = read(value);
    if (converted === undefined)
      throw invalidInput(`the iterator ${asText(value)} is not of type ${asText(type)}`);
    return converted;
  });
}

function parseMap(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
