import type { InputReader } from './input-reader.ts';
import { wrongType } from './input-reader.ts';

const CHARACTERS = /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u;
const KEY = { min: 1, max: 128, pattern: CHARACTERS };
const VALUE = { min: 0, max: 256, pattern: CHARACTERS };

/** Reads `Tags`. */
export function readTags(reader: InputReader): { Key: string; Value: string }[] {
  return (reader.structures('Tags') ?? []).map(({ Key, Value }, index) => {
    if (typeof Key !== 'string' || typeof Value !== 'string') throw wrongType('Tags');
    reader.check(`tags.${index + 1}.member.key`, Key, KEY);
    reader.check(`tags.${index + 1}.member.value`, Value, VALUE);
    return { Key, Value };
  });
}
