/** What a runbook's parameters and outputs can be. */
export type ValueType = 'String' | 'StringList' | 'Integer' | 'Boolean' | 'MapList' | 'StringMap';

export const VALUE_TYPES: readonly ValueType[] = [
  'String',
  'StringList',
  'Integer',
  'Boolean',
  'MapList',
  'StringMap',
];

/**
 * The type of value that a declared parameter type holds: AWS's resource types are strings, and
 * `List<…>` of one is a list of strings. Undefined: no such type.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/populating-input-parameters.html
 */
export function valueTypeOf(declaredType: string): ValueType | undefined {
  if (/^AWS::\w+::\w+::\w+$/.test(declaredType)) return 'String';
  if (/^List<AWS::\w+::\w+::\w+>$/.test(declaredType)) return 'StringList';
  return VALUE_TYPES.find((type) => type === declaredType);
}

const RESOURCE_PATTERNS: ReadonlyMap<string, RegExp> = new Map([
  ['AWS::EC2::Instance::Id', /^m?i-[0-9a-f]{8,17}$/],
  ['AWS::EC2::SecurityGroup::Id', /^sg-[0-9a-f]{8,17}$/],
  ['AWS::EC2::Subnet::Id', /^subnet-[0-9a-f]{8,17}$/],
  ['AWS::EC2::Volume::Id', /^vol-[0-9a-f]{8,17}$/],
  ['AWS::EC2::VPC::Id', /^vpc-[0-9a-f]{8,17}$/],
  ['AWS::IAM::Role::Arn', /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/],
  ['AWS::S3::Bucket::Name', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/],
]);

/** What a single value of an AWS resource type has to look like; undefined where anything will do. */
export function resourcePatternOf(declaredType: string): RegExp | undefined {
  return RESOURCE_PATTERNS.get(declaredType.replace(/^List<(.+)>$/, '$1'));
}

/** Whether a value, as written in a document, is of a type. */
export function isOfType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case 'String':
      return typeof value === 'string';
    case 'Integer':
      return Number.isInteger(value);
    case 'Boolean':
      return typeof value === 'boolean';
    case 'StringList':
      return Array.isArray(value) && value.every((member) => typeof member === 'string');
    case 'StringMap':
      return isMap(value);
    case 'MapList':
      return Array.isArray(value) && value.every(isMap);
  }
}

/**
 * What a default of another type means: documents write `default: 5` for a String, or `'true'` for a Boolean.
 * Undefined: it means nothing.
 */
export function convertDefault(value: unknown, type: ValueType): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (type) {
    case 'String':
      return typeof value === 'object' ? undefined : text;
    case 'Integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'Boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'StringList':
      if (Array.isArray(value))
        return value.map((member) => convertDefault(member, 'String') ?? JSON.stringify(member));
      return typeof value === 'object' ? undefined : text === '' ? [] : [text];
    case 'StringMap':
    case 'MapList': {
      const parsed = text.trim() === '' ? (type === 'MapList' ? [] : {}) : parseJson(text);
      return isOfType(parsed, type) ? parsed : undefined;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
