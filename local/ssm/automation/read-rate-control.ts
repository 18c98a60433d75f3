import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import {
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
  violation,
} from '../tags/request.ts';
import type { RateControl, Target, TargetMap } from './rate-control.ts';

const MAX_TARGETS = 5;
const MAX_TARGET_MAPS = 300;
/** Of a map, and shorter than the 512 characters of the parameter that it stands for. */
const MAX_KEYS = 20;
const MAP_VALUES = { min: 1, max: 25, minLength: 1, maxLength: 50 };
const PORTION = { minLength: 1, maxLength: 7 };

/**
 * The rate control that a start asks for; undefined: none.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 * @throws AwsError ValidationException, InvalidTarget
 */
export function readRateControl(input: JsonObject): RateControl | undefined {
  const targets = optionalObjects(input, 'Targets', { max: MAX_TARGETS }).map(readTarget);
  const targetMaps = optionalObjects(input, 'TargetMaps', { max: MAX_TARGET_MAPS }).map(readTargetMap);
  const parameterName = optionalString(input, 'TargetParameterName', { minLength: 1, maxLength: 50 });
  const maxConcurrency = readPortion(input, 'MaxConcurrency', /^([1-9]\d*|[1-9]\d?%|100%)$/);
  const maxErrors = readPortion(input, 'MaxErrors', /^([1-9]\d*|0|[1-9]\d?%|0%|100%)$/);
  if (targets.length === 0 && targetMaps.length === 0) {
    if (parameterName === undefined && maxConcurrency === undefined && maxErrors === undefined)
      return undefined;
    throw invalid('TargetParameterName, MaxConcurrency and MaxErrors need Targets or TargetMaps.');
  }
  if (targets.length > 0 && targetMaps.length > 0)
    throw invalid("Targets and TargetMaps can't be used together.");
  if (targets.length > 0 && parameterName === undefined) {
    throw invalid('TargetParameterName is required with Targets.');
  }
  return {
    targets,
    targetMaps,
    parameterName,
    maxConcurrency: maxConcurrency ?? '1',
    maxErrors: maxErrors ?? '1',
    targetType: undefined,
    resolved: [],
  };
}

function readTarget(target: JsonObject): Target {
  const key = requiredString(target, 'Key', { minLength: 1, maxLength: 163 });
  const values = optionalStrings(target, 'Values', { max: 50 });
  if (key !== 'ParameterValues' && !key.startsWith('tag:')) {
    throw new AwsError(
      'InvalidTarget',
      `The target key ${key} is not supported here. Use ParameterValues, or tag: and the key of a tag.`,
    );
  }
  if (values.length === 0) throw new AwsError('InvalidTarget', `The target ${key} has no values.`);
  return { key, values };
}

function readTargetMap(map: JsonObject): TargetMap {
  const names = Object.keys(map);
  if (names.length < 1 || names.length > MAX_KEYS)
    throw violation('TargetMaps', map, `Map must have 1 to ${MAX_KEYS} keys`);
  const tooLong = names.find((name) => name.length < 1 || name.length > 50);
  if (tooLong !== undefined)
    throw violation('TargetMaps', tooLong, 'Map keys must have length between 1 and 50');
  return Object.fromEntries(names.map((name) => [name, optionalStrings(map, name, MAP_VALUES)]));
}

function readPortion(input: JsonObject, name: string, pattern: RegExp): string | undefined {
  const value = input[name];
  // Documents may write these as numbers.
  const given = typeof value === 'number' ? { [name]: String(value) } : input;
  const text = optionalString(given, name, PORTION);
  if (text !== undefined && !pattern.test(text)) {
    throw violation(name, text, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return text;
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
