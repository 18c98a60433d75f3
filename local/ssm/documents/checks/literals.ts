import type { JsonObject } from '../../../service.ts';
import { durationMs } from '../../automation/duration.ts';
import type { Report } from '../fault.ts';
import { tokensIn } from '../token-syntax.ts';
import type { WrittenStep } from '../walk-steps.ts';

/** What an input that is written out has to be; undefined where it is that. */
type Check = (value: unknown) => string | undefined;

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(String(value)) ? undefined : `has to be one of ${words.join(', ')}`;

const duration: Check = (value) =>
  typeof value === 'string' && durationMs(value) !== undefined
    ? undefined
    : 'has to be an ISO 8601 duration such as PT10M';

const time: Check = (value) =>
  value instanceof Date || (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
    ? undefined
    : 'has to be an ISO 8601 time';

const list: Check = (value) => (Array.isArray(value) ? undefined : 'has to be a list');

const LITERALS: ReadonlyMap<string, Readonly<Record<string, Check>>> = new Map([
  ['aws:assertAwsResourceProperty', { DesiredValues: list }],
  ['aws:changeInstanceState', { DesiredState: oneOf('running', 'stopped', 'terminated') }],
  ['aws:loop', { IteratorDataType: oneOf('String', 'Integer', 'Boolean', 'StringMap') }],
  ['aws:sleep', { Duration: duration, Timestamp: time }],
  ['aws:waitForAwsResourceProperty', { DesiredValues: list }],
]);

/** Actions that need one of some inputs. */
const ONE_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:executeScript', ['Script', 'Attachment']],
  ['aws:sleep', ['Duration', 'Timestamp']],
]);

/**
 * Inputs that can be told to be wrong before anything runs, since no token is in them. Their steps fail; that AWS
 * refuses the document for them is not documented.
 */
export function checkLiterals(content: JsonObject, steps: readonly WrittenStep[], report: Report): void {
  const variables = Object.keys(content.variables ?? {});
  for (const step of steps) {
    checkValues(step, report);
    checkOneOf(step, report);
    if (step.action === 'aws:updateVariable') checkVariable(step, variables, report);
  }
}

function checkValues({ name, action, inputs, path }: WrittenStep, report: Report): void {
  for (const [input, check] of Object.entries(LITERALS.get(action) ?? {})) {
    const value = inputs[input];
    const fault = isLiteral(value) ? check(value) : undefined;
    if (fault === undefined) continue;
    report({
      path: [...path, 'inputs', input],
      message: `step ${name}: ${input} ${fault}, ${JSON.stringify(value)} is not`,
      code: 'WrongInput',
      severity: 'warning',
    });
  }
}

function checkOneOf({ name, action, inputs, path, content }: WrittenStep, report: Report): void {
  const needed = ONE_OF.get(action);
  if (needed === undefined || needed.some((input) => inputs[input] !== undefined)) return;
  report({
    path: content.inputs === undefined ? path : [...path, 'inputs'],
    on: 'key',
    message: `step ${name}: ${action} needs one of the inputs ${needed.join(', ')}`,
    code: 'MissingInput',
    severity: 'warning',
  });
}

function checkVariable(
  { name, inputs, path }: WrittenStep,
  variables: readonly string[],
  report: Report,
): void {
  if (typeof inputs.Name !== 'string' || !isLiteral(inputs.Name)) return;
  const variable = inputs.Name.replace(/^variable:\s*/, '');
  if (variables.includes(variable)) return;
  report({
    path: [...path, 'inputs', 'Name'],
    message: `step ${name}: the document has no variable ${variable}. Its variables: ${variables.join(', ') || 'none'}`,
    code: 'UndefinedVariable',
  });
}

function isLiteral(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== '' && tokensIn(JSON.stringify(value)).length === 0
  );
}
