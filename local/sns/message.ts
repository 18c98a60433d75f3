import { AwsError } from '../aws-error.ts';
import type { JsonObject } from '../service.ts';
import { invalidParameter } from './sns-error.ts';

/** A message that has been found sound. */
export interface Message {
  /** For functions: with MessageStructure `json`, what it has for `lambda`, or else for `default`. */
  readonly text: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** Of the whole of it, in UTF-8. */
  readonly bytes: number;
}

/** As a function is given them. `Value` of a Binary is base64. */
export type MessageAttributes = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;

export const MAX_BYTES = 262_144;
const MAX_SUBJECT_CHARACTERS = 100;

/**
 * Reads what Publish, or an entry of PublishBatch, is given.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * @throws AwsError InvalidParameter, ParameterValueInvalid, ValidationError
 */
export function readMessage(input: JsonObject): Message {
  const { Message, Subject, MessageStructure, MessageDeduplicationId } = input;
  if (typeof Message !== 'string') {
    throw new AwsError(
      'ValidationError',
      "1 validation error detected: Value null at 'message' failed to satisfy constraint: Member must not be null",
    );
  }
  if (Message === '') throw invalidParameter('Empty message');
  const subject = readSubject(Subject);
  if (MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  const attributes = readAttributes(input.MessageAttributes);
  const bytes =
    Buffer.byteLength(Message) +
    Object.entries(attributes).reduce(
      (sum, [name, { Type, Value }]) => sum + Buffer.byteLength(name + Type + Value),
      0,
    );
  if (bytes > MAX_BYTES) throw invalidParameter('Message too long');
  return { text: textForFunctions(Message, MessageStructure), subject, attributes, bytes };
}

function readSubject(subject: unknown): string | undefined {
  if (subject === undefined) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const isSound = typeof subject === 'string' && subject !== '' && !/[\u0000-\u001f\u007f]/.test(subject);
  if (!isSound || subject.length > MAX_SUBJECT_CHARACTERS) throw invalidParameter('Subject');
  return subject;
}

function textForFunctions(message: string, structure: unknown): string {
  if (structure === undefined) return message;
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch (cause) {
    const text = 'Invalid parameter: Message Structure - JSON message body failed to parse';
    throw new AwsError('InvalidParameter', text, { cause });
  }
  const { default: fallback, lambda } = Object(texts);
  if (typeof fallback !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return typeof lambda === 'string' ? lambda : fallback;
}

function readAttributes(given: unknown): MessageAttributes {
  return Object.fromEntries(
    Object.entries(Object(given)).map(([name, value]) => [name, readAttribute(name, Object(value))]),
  );
}

function readAttribute(name: string, value: JsonObject): { Type: string; Value: string } {
  const { DataType, StringValue, BinaryValue } = value;
  if (typeof DataType !== 'string' || DataType === '') {
    throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute type.`);
  }
  if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const Value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (typeof Value !== 'string' || Value === '') {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (DataType.startsWith('Number') && !Number.isFinite(Number(Value))) {
    throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
  return { Type: DataType, Value };
}

/** Of attributes; the code that the query protocol has for InvalidParameterValueException. */
const invalidValue = (message: string): AwsError => new AwsError('ParameterValueInvalid', message);
