import { isJsonObject } from '../../tags/request.ts';
import { AWS_ACTIONS } from '../actions.ts';
import type { WrittenStep } from '../walk-steps.ts';

/** The outputs that a step can have: those it declares, and those that its action has anyway. */
export function outputsOfStep({ action, content }: WrittenStep): ReadonlySet<string> {
  const declared = Array.isArray(content.outputs) ? content.outputs : [];
  const names = declared.flatMap((output) =>
    isJsonObject(output) && typeof output.Name === 'string' ? [output.Name] : [],
  );
  return new Set([...names, ...(AWS_ACTIONS.get(action)?.outputs ?? [])]);
}
