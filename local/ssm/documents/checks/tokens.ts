import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import type { Path, Report } from '../fault.ts';
import { tokensIn } from '../token-syntax.ts';
import type { WrittenStep } from '../walk-steps.ts';
import { outputsOfStep } from './step-outputs.ts';

const GLOBALS = ['ACCOUNT_ID', 'DATE', 'DATE_TIME', 'AWS_PARTITION', 'REGION'];
const LOOP_OUTPUTS = ['CurrentIteration', 'CurrentIteratorValue'];

/** Tokens that name nothing the document has. */
export function checkTokens(content: JsonObject, steps: readonly WrittenStep[], report: Report): void {
  const names: Names = {
    parameters: keysOf(content.parameters),
    variables: keysOf(content.variables),
    outputs: new Map(steps.map((step) => [step.name, outputsOfStep(step)])),
  };
  checkText(content.assumeRole, ['assumeRole'], { names, report });
  for (const name of names.variables) {
    const path = ['variables', name, 'default'];
    checkText(read(content, path), path, { names, report });
  }
  for (const step of steps) {
    const where = { names, report, step };
    for (const [key, value] of Object.entries(step.content)) {
      if (key === 'description' || key === 'inputs') continue;
      checkText(value, [...step.path, key], where);
    }
    for (const [key, value] of Object.entries(step.inputs)) {
      if (step.action === 'aws:loop' && key === 'Steps') continue;
      checkText(value, [...step.path, 'inputs', key], where);
    }
  }
}

interface Names {
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  /** By step; undefined: nobody knows which it has. */
  readonly outputs: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Where {
  readonly names: Names;
  readonly report: Report;
  readonly step?: WrittenStep;
}

function checkText(value: unknown, path: Path, where: Where): void {
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) checkText(member, [...path, index], where);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) checkText(member, [...path, key], where);
  } else if (typeof value === 'string') {
    for (const token of tokensIn(value)) checkToken(token, path, where);
  }
}

function checkToken(token: string, path: Path, { names, report, step }: Where): void {
  const reason = faultOf(token, names);
  if (reason === undefined) return;
  const place = step === undefined ? path.join('.') : `step ${step.name}`;
  report({
    path,
    message: `${place}: the token {{ ${token} }} names nothing: ${reason}`,
    code: 'UndefinedToken',
    // Scripts have braces of their own, such as those of Python's f-strings.
    severity: step?.action === 'aws:executeScript' && isInScript(path) ? 'warning' : 'error',
  });
}

/** The script itself, or one of its lines. */
function isInScript(path: Path): boolean {
  return path.at(-1) === 'Script' || path.at(-2) === 'Script';
}

function faultOf(token: string, names: Names): string | undefined {
  const [, prefix, rest = ''] = /^(\w+):\s*(.*)$/.exec(token) ?? [];
  switch (prefix) {
    case undefined:
      return nameFault(token, names);
    case 'global':
      return GLOBALS.includes(rest)
        ? undefined
        : `there is no global:${rest}. There are ${GLOBALS.join(', ')}`;
    case 'automation':
      return rest === 'EXECUTION_ID'
        ? undefined
        : `there is no automation:${rest}, only automation:EXECUTION_ID`;
    case 'variable': {
      const [variable = ''] = rest.split('.');
      return names.variables.includes(variable) ? undefined : `the document has no variable ${variable}`;
    }
    case 'ssm':
    case 'ssm-secure':
      return "a parameter of Parameter Store can be used as a parameter's default only";
    default:
      return `there is nothing that begins with ${prefix}:`;
  }
}

function nameFault(token: string, names: Names): string | undefined {
  const [first = '', output] = token.split('.');
  if (names.parameters.includes(first) || names.parameters.includes(token)) return undefined;
  if (output === undefined) return `the parameter "${first}" is not declared`;
  const outputs = names.outputs.get(first);
  if (outputs?.has(output)) return undefined;
  if (first === 'loop' && LOOP_OUTPUTS.includes(output)) return undefined;
  return outputs === undefined
    ? `the document has no step ${first}`
    : `the step ${first} has no output ${output}. Its outputs: ${[...outputs].join(', ') || 'none'}`;
}

function keysOf(value: unknown): string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

function read(content: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((owner, key) => (isJsonObject(owner) ? owner[key] : undefined), content);
}
