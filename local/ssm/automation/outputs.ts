import type { OutputDefinition } from '../documents/runbook.ts';
import type { ValueType } from '../documents/value-types.ts';
import { StepFailure } from './failure.ts';
import { asLiteral, firstMember, type Selection, select } from './selectors.ts';
import { fillText, type TokenScope } from './tokens.ts';

/** Characters of a value that a failure shows. */
const MAX_EXCERPT = 200;

/**
 * The outputs that a step declares, read from the response of its call. Tokens in a selector are
 * filled in as the inside of its quoted literals. A list that is not in the response is empty, since
 * services leave out empty lists. Any other value that is not there is an output without a value, as in
 * AWS: an instance need not have a `Platform`, nor the tag that a filter looks for. A selector whose very first
 * member no response of the kind has fails the step: it is a mistake, not a matter of what was found.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-outputs-inputs.html
 * @throws StepFailure
 */
export function readOutputs(
  definitions: readonly OutputDefinition[],
  response: unknown,
  scope: TokenScope,
): Map<string, unknown> {
  const outputs = new Map<string, unknown>();
  for (const output of fillSelectors(definitions, scope)) {
    const converted = convert(select(response, output.selector), output, response);
    if (converted !== undefined) outputs.set(output.name, converted);
  }
  return outputs;
}

/**
 * The outputs with the tokens of their selectors filled in, as the inside of quoted literals.
 * @throws StepFailure for a token without a value
 */
export function fillSelectors(
  definitions: readonly OutputDefinition[],
  scope: TokenScope,
): readonly OutputDefinition[] {
  return definitions.map((definition) => ({
    ...definition,
    selector: fillText(definition.selector, scope, asLiteral),
  }));
}

/** AWS's documented conversions between a response's types and an output's. */
function convert(selection: Selection, output: OutputDefinition, response: unknown): unknown {
  const { value } = selection;
  const isList = output.type === 'StringList' || output.type === 'MapList';
  if (!selection.definite && selection.value.length === 0) return isList ? [] : undefined;
  if (value === undefined || value === null) {
    if (isList) return [];
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
      `The output ${output.name} is not of its type: the value ${excerpt(value)} that the selector ${output.selector} found can't be converted to ${output.type}`,
      { details: { stage: 'PostVerification' } },
    );
  }
  return converted;
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text;
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
