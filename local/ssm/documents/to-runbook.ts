import type { FileDefinition, ParameterDefinition, Runbook, VariableDefinition } from './runbook.ts';
import type { DocumentContent, FileContent, ParameterContent, VariableContent } from './schema.ts';
import { toSteps } from './to-steps.ts';
import { convertDefault, isOfType, type ValueType, valueTypeOf } from './value-types.ts';

/** Gives a document that was found valid the shape that the engine runs. */
export function toRunbook(content: DocumentContent): Runbook {
  return {
    description: content.description ?? undefined,
    parameters: mapValues(content.parameters, toParameter),
    variables: mapValues(content.variables, toVariable),
    steps: toSteps(content.mainSteps),
    outputs: (content.outputs ?? []).map(outputName),
    files: mapValues(content.files, toFile),
  };
}

/** Some documents write their outputs as tokens. */
export function outputName(output: string): string {
  return output.replace(/^\s*\{\{\s*(.*?)\s*\}\}\s*$/, '$1').trim();
}

function mapValues<From, To>(
  members: Readonly<Record<string, From>> | null | undefined,
  read: (name: string, member: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(members ?? {}).map(([name, member]) => [name, read(name, member)]));
}

/** A parameter, from its declaration. */
export function toParameter(name: string, content: ParameterContent): ParameterDefinition {
  const type = valueTypeOf(content.type) ?? 'String';
  return {
    name,
    declaredType: content.type,
    type,
    description: content.description ?? undefined,
    default: content.default === null ? EMPTY[type] : toDefault(content.default, type),
    allowedValues: content.allowedValues,
    allowedPattern: content.allowedPattern,
    minItems: content.minItems,
    maxItems: content.maxItems,
    minChars: content.minChars,
    maxChars: content.maxChars,
  };
}

/** What a default of null is, as documents have it for what is optional: AWS-CreateWorkspace for its role. */
const EMPTY: Readonly<Partial<Record<ValueType, unknown>>> = {
  String: '',
  StringList: [],
  StringMap: {},
  MapList: [],
};

function toVariable(name: string, content: VariableContent): VariableDefinition {
  const type = valueTypeOf(content.type) ?? 'String';
  return { name, type, default: toDefault(content.default, type) };
}

function toFile(name: string, { checksums }: FileContent): FileDefinition {
  return { name, checksums: new Map(Object.entries(checksums ?? {})) };
}

function toDefault(value: unknown, type: ValueType): unknown {
  if (value === undefined || value === null) return undefined;
  return isOfType(value, type) ? value : (convertDefault(value, type) ?? value);
}
