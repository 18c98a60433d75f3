import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { DOCUMENT_NAME_OR_ARN, DOCUMENT_VERSION_PATTERN } from '../../documents/find-document.ts';
import {
  isJsonObject,
  optionalString,
  optionalStrings,
  optionalTags,
  requiredString,
  violation,
} from '../../tags/request.ts';
import type { Tag } from '../../tags/tag-store.ts';
import type { RateControl } from '../rate-control.ts';
import { readRateControl } from '../read-rate-control.ts';

/** A StartAutomationExecution request that has the right shape. */
export interface StartRequest {
  readonly documentName: string;
  readonly documentVersion: string | undefined;
  readonly clientToken: string | undefined;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly tags: readonly Tag[];
  readonly mode: 'Auto' | 'Interactive';
  readonly rateControl: RateControl | undefined;
}

const UUID = /^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$/;
const MAX_PARAMETERS = 200;
const MAX_START_TAGS = 5;
/** Members that reach other accounts and regions, or watch an alarm. */
const NOT_HERE = ['TargetLocations', 'TargetLocationsURL', 'AlarmConfiguration'];

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 * @throws AwsError ValidationException, InvalidTarget
 */
export function readStartRequest(input: JsonObject): StartRequest {
  const request = {
    documentName: requiredString(input, 'DocumentName', { pattern: DOCUMENT_NAME_OR_ARN }),
    documentVersion: optionalString(input, 'DocumentVersion', { pattern: DOCUMENT_VERSION_PATTERN }),
    clientToken: optionalString(input, 'ClientToken', { minLength: 36, maxLength: 36, pattern: UUID }),
    parameters: readParameters(input),
    tags: optionalTags(input, 'Tags', { max: MAX_START_TAGS }),
    mode: readMode(input),
    rateControl: readRateControl(input),
  };
  const asked = NOT_HERE.filter((name) => {
    const value = input[name];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  });
  if (asked.length > 0)
    throw unsupported(`Starts in other accounts and regions, and alarms (${asked.join(', ')}) are`);
  return request;
}

/** The same for requests that ask for the same, whatever the order of their members. */
export function fingerprint(request: StartRequest): string {
  const parameters = [...request.parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  const tags = request.tags.map(({ Key, Value }) => [Key, Value]).sort();
  const { documentName, documentVersion = '$DEFAULT', mode, rateControl } = request;
  return JSON.stringify([documentName, documentVersion, parameters, tags, mode, rateControl]);
}

function readMode(input: JsonObject): 'Auto' | 'Interactive' {
  const mode = optionalString(input, 'Mode', { oneOf: ['Auto', 'Interactive'] });
  return mode === 'Interactive' ? mode : 'Auto';
}

function readParameters(input: JsonObject): Map<string, readonly string[]> {
  const parameters = input.Parameters ?? {};
  if (!isJsonObject(parameters)) {
    throw new AwsError('SerializationException', 'Parameters has to be a map of lists of strings');
  }
  const names = Object.keys(parameters);
  if (names.length > MAX_PARAMETERS) {
    throw violation(
      'Parameters',
      parameters,
      `Member must have length less than or equal to ${MAX_PARAMETERS}`,
    );
  }
  return new Map(
    names.map((name) => {
      if (name.length < 1 || name.length > 50) {
        throw violation(
          'Parameters',
          name,
          'Map keys must satisfy constraint: [Member must have length between 1 and 50]',
        );
      }
      if (!Array.isArray(parameters[name])) {
        throw new AwsError('SerializationException', `Parameters.${name} has to be a list of strings`);
      }
      return [name, optionalStrings(parameters, name, { max: 50, minLength: 1, maxLength: 512 })];
    }),
  );
}

function unsupported(what: string): AwsError {
  return new AwsError('ValidationException', `${what} not supported by this Systems Manager yet.`);
}
