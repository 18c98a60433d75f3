import type { OutputDefinition } from '../documents/runbook.ts';
import type { ValueType } from '../documents/value-types.ts';
import { StepFailure } from './failure.ts';
import { asLiteral, select } from './selectors.ts';
import { fillText, type TokenScope } from './tokens.ts';

/**
 * The outputs that a step declares, read from the response of its call. Tokens in a selector are
 * filled in as the inside of its quoted literals. A list that is not in the response is empty, since
 * services leave out empty lists; any other value that is not there fails the step.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-outputs-inputs.html
 * @throws StepFailure
 */
export function readOutputs(
  definitions: readonly OutputDefinition[],
  response: unknown,
  scope: TokenScope,
): Map<string, unknown> {
  return new Map(
    definitions.map((definition) => {
      const selector = fillText(definition.selector, scope, asLiteral);
      const { value } = select(response, selector);
      return [definition.name, convert(value, { ...definition, selector })];
    }),
  );
}

/** AWS's documented conversions between a response's types and an output's. */
function convert(value: unknown, output: OutputDefinition): unknown {
  if (value === undefined || value === null) {
    if (output.type === 'StringList' || output.type === 'MapList') return [];
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
