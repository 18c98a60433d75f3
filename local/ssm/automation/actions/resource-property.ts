import { select } from '../selectors.ts';
import type { ActionContext } from './action.ts';
import { callApi } from './api-call.ts';
import { invalidInput, requiredText } from './inputs.ts';

export interface PropertyCheck {
  readonly response: unknown;
  /** Undefined: the selector found nothing. */
  readonly property: unknown;
  readonly selector: string;
  readonly desired: readonly unknown[];
  readonly matches: boolean;
}

/**
 * Calls the API and compares what `PropertySelector` finds with `DesiredValues`: as text, booleans in
 * any case. A list matches where its JSON is desired (`[]` for none), or each of its members is.
 */
export async function checkProperty(context: ActionContext): Promise<PropertyCheck> {
  const selector = requiredText(context.inputs, 'PropertySelector');
  const desired = context.inputs.DesiredValues;
  if (!Array.isArray(desired) || desired.length === 0) {
    throw invalidInput('DesiredValues has to be a list of at least one value');
  }
  const { response } = await callApi(context, ['PropertySelector', 'DesiredValues']);
  const property = select(response, selector).value;
  return { response, property, selector, desired, matches: isDesired(property, desired) };
}

function isDesired(property: unknown, desired: readonly unknown[]): boolean {
  if (property === undefined) return false;
  if (desired.some((value) => sameText(property, value))) return true;
  return (
    Array.isArray(property) && property.length > 0 && property.every((member) => isDesired(member, desired))
  );
}

function sameText(property: unknown, desired: unknown): boolean {
  if (typeof property === 'boolean') return String(property) === String(desired).toLowerCase();
  const text = typeof property === 'string' ? property : JSON.stringify(property);
  return text === (typeof desired === 'string' ? desired : JSON.stringify(desired));
}
