import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import type { Path, Report } from '../fault.ts';
import { patternFault } from '../pattern.ts';
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
    checkAllowed(definition, { path, name: `parameters.${name}`, report });
  }
  for (const [name, definition] of members(content.variables)) {
    checkType(definition, { path: ['variables', name], name: `variables.${name}`, report });
  }
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

function checkAllowed({ allowedValues, default: value }: JsonObject, { path, name, report }: Place): void {
  if (!Array.isArray(allowedValues) || value === undefined || value === null || isToken(value)) return;
  const allowed = new Set(allowedValues.map(comparable));
  const wrong = (Array.isArray(value) ? value : [value]).find((member) => !allowed.has(comparable(member)));
  if (wrong === undefined || allowed.has(comparable(value))) return;
  report({
    path: [...path, 'default'],
    message: `${name}: its default ${comparable(wrong)} is not one of its allowedValues`,
    code: 'WrongDefault',
    severity: 'warning',
  });
}

function comparable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Any default may come from Parameter Store or from a parameter. */
function isToken(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{');
}
