import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import type { Shape } from '../wire/shape.ts';

/**
 * A runbook's input as the SDK takes it: times become Dates, numbers and booleans that are text become such.
 * The SDK drops members that it does not know, which would turn a typo in `InstanceIds` into 'all instances':
 * they are refused, as boto3 refuses them.
 * @throws AwsError ParamValidation
 */
export function toSdkInput(input: JsonObject, shape: Shape): JsonObject {
  const converted = convert(input, shape, '');
  return isRecord(converted) ? converted : {};
}

function convert(value: unknown, shape: Shape, path: string): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'unit':
    case 'structure': {
      if (!isRecord(value)) throw invalidType(value, path, 'an object');
      const members = new Map(
        (shape.kind === 'structure' ? shape.members : []).map((member) => [member.name, member]),
      );
      return mapValues(value, (item, key) => {
        const member = members.get(key);
        if (member) return convert(item, member.shape(), join(path, key));
        throw invalid(
          `Unknown parameter in input: "${join(path, key)}", must be one of: ${[...members.keys()].join(', ')}`,
        );
      });
    }
    case 'list':
      if (!Array.isArray(value)) throw invalidType(value, path, 'a list');
      return value.map((item, index) => convert(item, shape.item.shape(), join(path, String(index))));
    case 'map':
      if (!isRecord(value)) throw invalidType(value, path, 'an object');
      return mapValues(value, (item, key) => convert(item, shape.value.shape(), join(path, key)));
    default:
      return convertScalar(value, shape.kind, path);
  }
}

function convertScalar(value: unknown, kind: Shape['kind'], path: string): unknown {
  if (typeof value !== 'string') return value;
  switch (kind) {
    case 'number':
      if (value.trim() === '' || !Number.isFinite(Number(value))) throw invalidType(value, path, 'a number');
      return Number(value);
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw invalidType(value, path, 'true or false');
      return value === 'true';
    case 'timestamp': {
      const date = new Date(value);
      if (Number.isNaN(date.getTime())) throw invalidType(value, path, 'a time');
      return date;
    }
    default:
      return value;
  }
}

function mapValues(value: JsonObject, change: (item: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

function invalidType(value: unknown, path: string, wanted: string): AwsError {
  return invalid(
    `Invalid value for parameter ${path || 'input'}: ${JSON.stringify(value)?.slice(0, 100)}, expected ${wanted}`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('ParamValidation', `Parameter validation failed: ${message}`);
}
