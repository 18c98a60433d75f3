import { z } from 'zod';
import { text } from '../input.ts';

/** The bytes of an object or a part; text stands for its UTF-8. */
export const body = z.union([
  z.instanceof(Uint8Array),
  text.transform((value) => new TextEncoder().encode(value)),
]);
