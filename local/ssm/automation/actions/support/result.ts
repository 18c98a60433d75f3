import type { JsonObject } from '../../../../service.ts';
import type { ActionResult } from '../action.ts';

/** The result of an action with outputs of its own: each by its name, and all of them as `OutputPayload`. */
export function resultOf(outputs: JsonObject): ActionResult {
  return { response: outputs, outputs: outputsOf(outputs) };
}

export function outputsOf(outputs: JsonObject): ReadonlyMap<string, unknown> {
  return new Map([...Object.entries(outputs), ['OutputPayload', outputs]]);
}
