import { invalidParameter } from './errors.ts';
import { asStructure, type InputReader, wrongType } from './input-reader.ts';
import type { OperationalData, OperationalValue } from './ops-item.ts';

const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_BYTES = 20 * 1024;
const MAX_DEDUP_CHARACTERS = 512;
const MAX_RESOURCES = 100;
const MAX_AUTOMATIONS = 10;
const NOT_BLANK = /[\s\S]*\S[\s\S]*/;

/** Keys begin with AWS's names only where AWS gave them a meaning. */
const RESERVED_KEY = /^\/?(amazon|aws|amzn|ssm)/i;
const AWS_KEYS: Readonly<Record<string, (value: string) => void>> = {
  '/aws/dedup': checkDedup,
  '/aws/resources': checkResources,
  '/aws/automations': checkAutomations,
};

/**
 * Reads OperationalData and checks what the model says of it.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html
 */
export function readOperationalData(reader: InputReader): OperationalData {
  const entries = Object.entries(reader.map('OperationalData') ?? {});
  return Object.fromEntries(entries.map(([key, raw]) => [key, readValue(reader, key, raw)]));
}

/**
 * Checks what OpsCenter says of keys and values beyond the model.
 * @throws AwsError OpsItemInvalidParameterException
 */
export function checkOperationalData(data: OperationalData): void {
  for (const [key, { Value, Type }] of Object.entries(data)) {
    const checkAwsKey = Object.hasOwn(AWS_KEYS, key) ? AWS_KEYS[key] : undefined;
    if (!checkAwsKey && RESERVED_KEY.test(key)) {
      throw invalid(`Operational data key ${key} begins with a reserved prefix: amazon, aws, amzn, ssm`);
    }
    if (Buffer.byteLength(Value) > MAX_VALUE_BYTES) {
      throw invalid(`The value of operational data key ${key} is larger than 20 KB`);
    }
    if (!checkAwsKey) continue;
    if (Type !== 'SearchableString') {
      throw invalid(`Operational data key ${key} must be of type SearchableString`);
    }
    checkAwsKey(Value);
  }
}

/** The members of `/aws/resources` or `/aws/automations`; none where the OpsItem has no such key. */
export function listIn(
  data: OperationalData,
  key: '/aws/resources' | '/aws/automations',
  member: string,
): string[] {
  const value = data[key]?.Value;
  const list = value === undefined ? [] : (JSON.parse(value) as Record<string, string>[]);
  return list.map((entry) => entry[member] ?? '');
}

function readValue(reader: InputReader, key: string, raw: unknown): OperationalValue {
  reader.check('operationalData.key', key, { min: 1, max: MAX_KEY_CHARACTERS, pattern: /^(?!\s*$).+/ });
  const { Value, Type = 'String' } = asStructure('OperationalData', raw);
  const place = `operationalData.${key}.member`;
  if (Value === undefined || Value === null) {
    throw invalid(`Operational data key ${key} has no value`);
  }
  if (typeof Value !== 'string' || typeof Type !== 'string') throw wrongType('OperationalData');
  reader.check(`${place}.value`, Value, { pattern: NOT_BLANK });
  reader.check(`${place}.type`, Type, { oneOf: ['SearchableString', 'String'] });
  return { Value, Type: Type === 'SearchableString' ? 'SearchableString' : 'String' };
}

function checkDedup(value: string): void {
  const parsed = parseJson('/aws/dedup', value);
  const dedupString = isRecord(parsed) ? parsed.dedupString : undefined;
  if (typeof dedupString !== 'string' || dedupString === '') {
    throw invalid('/aws/dedup must be JSON of the form {"dedupString":"…"}');
  }
  if (dedupString.length > MAX_DEDUP_CHARACTERS) {
    throw invalid(`The dedupString of /aws/dedup is longer than ${MAX_DEDUP_CHARACTERS} characters`);
  }
}

function checkResources(value: string): void {
  checkList('/aws/resources', { value, max: MAX_RESOURCES, form: '[{"arn":"arn:…"}]' }, ({ arn }) => {
    return typeof arn === 'string' && arn.startsWith('arn:');
  });
}

function checkAutomations(value: string): void {
  const form = '[{"automationId":"…","automationType":"AWS::SSM::Automation"}]';
  checkList('/aws/automations', { value, max: MAX_AUTOMATIONS, form }, ({ automationId, automationType }) => {
    return (
      typeof automationId === 'string' &&
      automationId !== '' &&
      typeof automationType === 'string' &&
      /^AWS::?SSM::?Automation$/.test(automationType)
    );
  });
}

function checkList(
  key: string,
  { value, max, form }: { value: string; max: number; form: string },
  isValid: (entry: Record<string, unknown>) => boolean,
): void {
  const parsed = parseJson(key, value);
  if (!Array.isArray(parsed) || !parsed.every((entry: unknown) => isRecord(entry) && isValid(entry))) {
    throw invalid(`${key} must be JSON of the form ${form}`);
  }
  if (parsed.length > max) throw invalid(`${key} has more than ${max} entries`);
}

function parseJson(key: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw invalid(`The value of ${key} is not JSON`, error);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string, cause?: unknown) {
  return invalidParameter('OperationalData', message, cause);
}
