import { z } from 'zod';

/** Parts that the inputs of operations are made of. Runbooks pass numbers and booleans as text, as AWS lets them. */
export const text = z.string();

export const integer = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ],
  {
    error: 'Expected a whole number.',
  },
);

export const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], {
  error: 'Expected true or false.',
});

export const texts = z.array(text);

/** `{ Key, Value }`; the limits of https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tag = z.strictObject({
  Key: z.string().min(1, 'Tag keys have 1 to 128 characters.').max(128, 'Tag keys have 1 to 128 characters.'),
  Value: z.string().max(256, 'Tag values have at most 256 characters.').default(''),
});

export type Tag = z.output<typeof tag>;
