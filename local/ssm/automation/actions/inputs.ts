import type { JsonObject } from '../../../service.ts';
import { StepFailure } from '../failure.ts';

/** @throws StepFailure where the input is missing or no text */
export function requiredText(inputs: JsonObject, name: string): string {
  const value = inputs[name];
  if (typeof value !== 'string' || value === '')
    throw invalidInput(`the input ${name} is missing or not a string`);
  return value;
}

/** The failure of a step whose inputs can't be used. */
export function invalidInput(reason: string): StepFailure {
  return new StepFailure(`The step's inputs are not valid: ${reason}`, {
    details: { stage: 'InputValidation' },
  });
}
