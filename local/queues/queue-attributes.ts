import { SqsError } from './sqs-error.ts';

interface Numeric {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** Attributes with a number, as SetQueueAttributes documents them. */
const NUMERIC: Readonly<Record<string, Numeric>> = {
  VisibilityTimeout: { default: 30, min: 0, max: 43_200 },
  MaximumMessageSize: { default: 1_048_576, min: 1024, max: 1_048_576 },
  MessageRetentionPeriod: { default: 345_600, min: 60, max: 1_209_600 },
  DelaySeconds: { default: 0, min: 0, max: 900 },
  ReceiveMessageWaitTimeSeconds: { default: 0, min: 0, max: 20 },
};

/** Attributes that are kept and shown, and change nothing here. */
const KEPT = [
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
];

/** What GetQueueAttributes can be asked for beside `All`. */
export const READABLE: ReadonlySet<string> = new Set([
  ...Object.keys(NUMERIC),
  ...KEPT,
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]);

/**
 * The attributes of a new queue: those given over the defaults.
 * @throws SqsError InvalidAttributeName, InvalidAttributeValue
 */
export function queueAttributes(given: Readonly<Record<string, unknown>>): Map<string, string> {
  const attributes = new Map(Object.entries(NUMERIC).map(([name, limits]) => [name, String(limits.default)]));
  for (const [name, value] of Object.entries(given)) {
    const limits = Object.hasOwn(NUMERIC, name) ? NUMERIC[name] : undefined;
    if (!limits && !KEPT.includes(name)) {
      throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    if (typeof value !== 'string' || (limits && !isWithin(value, limits))) {
      throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
    attributes.set(name, value);
  }
  return attributes;
}

function isWithin(value: string, { min, max }: Numeric): boolean {
  const number = Number(value);
  return /^\d+$/.test(value) && number >= min && number <= max;
}
