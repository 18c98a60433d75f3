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

/** A parameter's declaration. */
export const parameterSchema = z.strictObject({
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

/** A step; the steps of a loop are its inputs, and have to be checked by themselves. */
export const stepSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_]{1,128}$/, 'has to be 1 to 128 letters, digits and underscores'),
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

const variable = z.strictObject({
  type: z.string(),
  description: z.string().optional(),
  default: z.unknown().optional(),
});

const file = z.strictObject({
  checksums: z.record(z.string(), z.string()).nullish(),
  /** In bytes, as GetDocument adds it. */
  size: wholeNumber(0).optional(),
});

/**
 * The shape of an Automation document, unknown keys refused.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
export const documentSchema = z.strictObject({
  schemaVersion: z.union([z.string(), z.number()]),
  description: z.string().optional(),
  assumeRole: z.string().optional(),
  parameters: z.record(z.string().min(1), parameterSchema).nullish(),
  variables: z.record(z.string(), variable).nullish(),
  mainSteps: z.array(stepSchema).min(1),
  outputs: z.array(z.string()).nullish(),
  files: z.record(z.string(), file).nullish(),
});

export type DocumentContent = z.infer<typeof documentSchema>;
export type ParameterContent = z.infer<typeof parameterSchema>;
export type StepContent = z.infer<typeof stepSchema>;
export type VariableContent = z.infer<typeof variable>;
export type FileContent = z.infer<typeof file>;
