import { z } from 'zod';

const wholeNumber = (min: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.number().int().min(min),
  );

const flag = z.preprocess(
  (value) => (typeof value === 'string' && /^(true|false)$/i.test(value) ? /^true$/i.test(value) : value),
  z.boolean(),
);

const parameter = z.strictObject({
  type: z.string(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  allowedValues: z.array(z.unknown()).min(1).optional(),
  allowedPattern: z.string().optional(),
  displayType: z.string().optional(),
  minItems: wholeNumber(0).optional(),
  maxItems: wholeNumber(0).optional(),
  minChars: wholeNumber(0).optional(),
  maxChars: wholeNumber(0).optional(),
});

const output = z.strictObject({
  Name: z.string().min(1),
  Selector: z.string().min(1),
  Type: z.string().optional(),
});

const step = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_]{3,128}$/, 'has to be 3 to 128 letters, digits and underscores'),
  action: z.string(),
  description: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  maxAttempts: wholeNumber(1).optional(),
  timeoutSeconds: wholeNumber(1).optional(),
  onFailure: z.string().optional(),
  onCancel: z.string().optional(),
  isEnd: flag.optional(),
  isCritical: flag.optional(),
  nextStep: z.string().optional(),
  outputs: z.array(output).optional(),
});

/**
 * The shape of an Automation document, unknown keys refused.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
export const documentSchema = z.strictObject({
  schemaVersion: z.string(),
  description: z.string().optional(),
  assumeRole: z.string().optional(),
  parameters: z.record(z.string().regex(/^[a-zA-Z0-9_]{1,50}$/), parameter).nullish(),
  variables: z
    .record(z.string(), z.strictObject({ type: z.string(), default: z.unknown().optional() }))
    .nullish(),
  mainSteps: z.array(step).min(1),
  outputs: z.array(z.string()).nullish(),
  files: z.record(z.string(), z.unknown()).nullish(),
});

export type DocumentContent = z.infer<typeof documentSchema>;
export type ParameterContent = z.infer<typeof parameter>;
export type StepContent = z.infer<typeof step>;
