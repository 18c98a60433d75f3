import type { OutputDefinition } from '../documents/runbook.ts';
import type { ValueType } from '../documents/value-types.ts';
import { StepFailure } from './failure.ts';
import { asLiteral, firstMember, select } from './selectors.ts';
import { fillText, type TokenScope } from './tokens.ts';

/**
 * The outputs that a step declares, read from the response of its call. Tokens in a selector are
 * filled in as the inside of its quoted literals. A list that is not in the response is empty, since
 * services leave out empty lists. Any other value that is not there is an output without a value, as in
 * AWS: an instance need not have a `Platform`. A selector whose very first member no response of the kind
 * has fails the step: it is a mistake, not a matter of what was found.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-outputs-inputs.html
 * @throws StepFailure
 */
export function readOutputs(
  definitions: readonly OutputDefinition[],
  response: unknown,
  scope: TokenScope,
): Map<string, unknown> {
  const outputs = new Map<string, unknown>();
  for (const definition of definitions) {
    const selector = fillText(definition.selector, scope, asLiteral);
    const { value } = select(response, selector);
    const converted = convert(value, { ...definition, selector }, response);
    if (converted !== undefined) outputs.set(definition.name, converted);
  }
  return outputs;
}

/** AWS's documented conversions between a response's types and an output's. */
function convert(value: unknown, output: OutputDefinition, response: unknown): unknown {
  if (value === undefined || value === null) {
    if (output.type === 'StringList' || output.type === 'MapList') return [];
    if (mayBeWithout(response, output.selector)) return undefined;
    throw new StepFailure(
      `The selector ${output.selector} of output ${output.name} finds nothing in the response`,
      {
        details: { stage: 'PostVerification' },
      },
    );
  }
  const converted = CONVERSIONS[output.type](value);
  if (converted === undefined) {
    throw new StepFailure(
      `Output ${output.name}: the value ${JSON.stringify(value)} can't be converted to ${output.type}`,
      { details: { stage: 'PostVerification' } },
    );
  }
  return converted;
}

/** Whether the response is of the kind that the selector is for; a last page has no token for the next. */
function mayBeWithout(response: unknown, selector: string): boolean {
  const first = firstMember(selector);
  if (first === undefined || /^(Next)?(Page)?(Token|Marker)$/i.test(first)) return true;
  return isMap(response) && Object.hasOwn(response as object, first);
}

const CONVERSIONS: Readonly<Record<ValueType, (value: unknown) => unknown>> = {
  String: (value) => {
    const single = onlyMember(value);
    return typeof single === 'string' ? single : JSON.stringify(single);
  },
  Integer: (value) => {
    const single = onlyMember(value);
    if (typeof single === 'number') return Number.isInteger(single) ? single : undefined;
    return typeof single === 'string' && /^-?\d+$/.test(single) ? Number(single) : undefined;
  },
  Boolean: (value) => {
    const single = onlyMember(value);
    if (typeof single === 'boolean') return single;
    return typeof single === 'string' && /^(true|false)$/i.test(single)
      ? single.toLowerCase() === 'true'
      : undefined;
  },
  StringList: (value) =>
    (Array.isArray(value) ? value : [value]).map((member) =>
      typeof member === 'string' ? member : JSON.stringify(member),
    ),
  StringMap: (value) => (isMap(value) ? value : undefined),
  MapList: (value) => {
    const list = Array.isArray(value) ? value : [value];
    return list.every(isMap) ? list : undefined;
  },
};

function onlyMember(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
