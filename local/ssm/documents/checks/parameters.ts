import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import { checkConstraints } from '../constraints.ts';
import type { Path, Report } from '../fault.ts';
import { isLinear, patternFault } from '../pattern.ts';
import type { ParameterDefinition } from '../runbook.ts';
import { parameterSchema } from '../schema.ts';
import { toParameter } from '../to-runbook.ts';
import { convertDefault, isOfType, VALUE_TYPES, valueTypeOf } from '../value-types.ts';

/** Types and defaults of parameters and variables. */
export function checkParameters(content: JsonObject, report: Report): void {
  for (const [name, definition] of members(content.parameters)) {
    const path = ['parameters', name];
    if (!/^[a-zA-Z0-9]{1,50}$/.test(name)) {
      report({
        path,
        on: 'key',
        message: `parameters.${name}: AWS documents names of 1 to 50 letters and digits`,
        code: 'InvalidName',
        severity: 'warning',
      });
    }
    checkType(definition, { path, name: `parameters.${name}`, report });
    checkPattern(definition, { path, name: `parameters.${name}`, report });
    const declared = parameterSchema.safeParse(definition);
    if (!declared.success || valueTypeOf(declared.data.type) === undefined) continue;
    const parameter = { parameter: toParameter(name, declared.data), content: definition };
    checkDefault(parameter, { path, name: `parameters.${name}`, report });
    checkBounds(parameter, { path, name: `parameters.${name}`, report });
  }
  for (const [name, definition] of members(content.variables)) {
    checkType(definition, { path: ['variables', name], name: `variables.${name}`, report });
  }
}

interface Declared {
  readonly parameter: ParameterDefinition;
  readonly content: JsonObject;
}

interface Place {
  readonly path: Path;
  readonly name: string;
  readonly report: Report;
}

function members(value: unknown): [string, JsonObject][] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
}

function checkType({ type: declared, default: value }: JsonObject, { path, name, report }: Place): void {
  if (typeof declared !== 'string') return;
  const type = valueTypeOf(declared);
  if (type === undefined) {
    report({
      path: [...path, 'type'],
      message: `${name}: there is no type ${declared}. Types: ${VALUE_TYPES.join(', ')}, AWS::… and List<AWS::…>`,
      code: 'UnknownType',
    });
    return;
  }
  if (value === undefined || value === null || isToken(value) || isOfType(value, type)) return;
  const converted = convertDefault(value, type);
  report({
    path: [...path, 'default'],
    message: `${name}: its default is not of type ${declared}${converted === undefined ? '' : `, it is taken as ${JSON.stringify(converted)}`}`,
    code: 'WrongType',
    severity: converted === undefined ? 'error' : 'warning',
  });
}

function checkPattern({ allowedPattern }: JsonObject, { path, name, report }: Place): void {
  const fault = typeof allowedPattern === 'string' ? patternFault(allowedPattern) : undefined;
  if (fault === undefined) return;
  report({
    path: [...path, 'allowedPattern'],
    message: `${name}: ${fault}`,
    code: 'InvalidPattern',
    severity: 'warning',
  });
}

/** A default that its own constraints refuse. Nothing is what optional parameters have, whatever the constraints. */
function checkDefault({ parameter, content }: Declared, { path, name, report }: Place): void {
  const { default: value, allowedPattern } = parameter;
  if (isNothing(value) || isToken(content.default) || !isOfType(value, parameter.type)) return;
  // One that can backtrack takes its time for each parameter.
  const pattern = allowedPattern !== undefined && isLinear(allowedPattern) ? allowedPattern : undefined;
  const fault = checkConstraints({ ...parameter, allowedPattern: pattern }, value);
  if (fault === undefined) return;
  report({
    path: [...path, 'default'],
    message: `${name}: its default ${fault}; whoever gives the same is refused`,
    code: 'WrongDefault',
    severity: 'warning',
  });
}

/** Constraints that no value can meet. */
function checkBounds({ parameter }: Declared, { path, name, report }: Place): void {
  const { type, allowedValues, minChars, maxChars, minItems, maxItems } = parameter;
  const warn = (key: string, message: string) =>
    report({
      path: [...path, key],
      message: `${name}: ${message}`,
      code: 'WrongConstraint',
      severity: 'warning',
    });
  if ((minChars ?? 0) > (maxChars ?? Infinity)) warn('minChars', `minChars is more than maxChars`);
  if ((minItems ?? 0) > (maxItems ?? Infinity)) warn('minItems', `minItems is more than maxItems`);
  const members = type === 'StringList' ? 'String' : type === 'MapList' ? 'StringMap' : type;
  const wrong = allowedValues?.find(
    (value) => convertDefault(value, members) === undefined && convertDefault(value, type) === undefined,
  );
  if (wrong !== undefined) {
    warn('allowedValues', `its allowed value ${JSON.stringify(wrong)} is not of type ${type}`);
  }
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value)
    ? value.every(isNothing)
    : isJsonObject(value) && Object.keys(value).length === 0;
}

/** Any default may come from Parameter Store or from a parameter. */
function isToken(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{');
}
