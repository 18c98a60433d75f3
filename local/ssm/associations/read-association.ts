import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import {
  isJsonObject,
  optionalBoolean,
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
} from '../tags/request.ts';
import type { Association } from './association.ts';

/** Members that are kept and shown as they come. */
const SETTINGS = [
  'ComplianceSeverity',
  'MaxConcurrency',
  'MaxErrors',
  'OutputLocation',
  'SyncCompliance',
  'ScheduleOffset',
  'Duration',
];

export interface AssociationRequest extends Omit<Association, 'id' | 'createdAt' | 'executions'> {
  /** Whether it waits for its schedule rather than being applied at once. */
  readonly waits: boolean;
}

/**
 * Reads what CreateAssociation is asked for.
 * @throws AwsError ValidationException, InvalidTarget, InvalidParameters, InvalidSchedule
 */
export function readAssociation(input: JsonObject): AssociationRequest {
  const instanceId = optionalString(input, 'InstanceId', { pattern: /^(i-(\w{8}|\w{17})|mi-\w{17})$/ });
  const targets = optionalObjects(input, 'Targets', { max: 5 });
  if ((instanceId === undefined) === (targets.length === 0)) {
    throw new AwsError('ValidationException', 'An association needs either InstanceId or Targets.');
  }
  if (optionalString(input, 'AutomationTargetParameterName') !== undefined) {
    throw new AwsError(
      'ValidationException',
      'Associations of Automation runbooks are not kept here: start an execution with rate control instead.',
    );
  }
  return {
    documentName: requiredString(input, 'Name', { pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ }),
    documentVersion: optionalString(input, 'DocumentVersion') ?? '$DEFAULT',
    associationName: optionalString(input, 'AssociationName', { pattern: /^[a-zA-Z0-9_\-.]{3,128}$/ }),
    instanceId,
    targets: instanceId === undefined ? targets.map(checkTarget) : [instanceTarget(instanceId)],
    parameters: readParameters(input),
    scheduleExpression: readSchedule(input),
    settings: Object.fromEntries(
      SETTINGS.filter((name) => (input[name] ?? undefined) !== undefined).map((name) => [name, input[name]]),
    ),
    waits: optionalBoolean(input, 'ApplyOnlyAtCronInterval') ?? false,
  };
}

function instanceTarget(instanceId: string): JsonObject {
  return { Key: 'InstanceIds', Values: [instanceId] };
}

function checkTarget(target: JsonObject): JsonObject {
  const Key = requiredString(target, 'Key', { minLength: 1, maxLength: 163 });
  const Values = optionalStrings(target, 'Values', { max: 50 });
  if (Key !== 'InstanceIds' && Key !== 'tag-key' && !Key.startsWith('tag:')) {
    throw new AwsError(
      'InvalidTarget',
      `The target ${Key} is not valid. Targets that are: InstanceIds, tag:key, tag-key.`,
    );
  }
  return { Key, Values };
}

function readParameters({ Parameters }: JsonObject): JsonObject {
  const parameters = Parameters ?? {};
  const isListOfText = (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (!isJsonObject(parameters) || !Object.values(parameters).every(isListOfText)) {
    throw new AwsError('InvalidParameters', 'Parameters have to be lists of strings by name.');
  }
  return parameters;
}

function readSchedule(input: JsonObject): string | undefined {
  const expression = optionalString(input, 'ScheduleExpression', { minLength: 1, maxLength: 256 });
  if (expression === undefined || /^(?:cron|rate|at)\(.+\)$/.test(expression)) return expression;
  throw new AwsError('InvalidSchedule', `The schedule ${expression} is invalid: use cron(), rate() or at().`);
}
