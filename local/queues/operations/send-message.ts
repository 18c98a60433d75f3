import { AwsError } from '../../aws-error.ts';
import type { JsonObject, Operation } from '../../service.ts';
import { optionalInteger, optionalMap, requireText } from '../input.ts';
import { type MessageAttribute, type MessageAttributes, md5, md5OfAttributes } from '../message.ts';
import type { Queues } from '../queues.ts';
import { invalidParameterValue } from '../sqs-error.ts';

const MAX_ATTRIBUTES = 10;
const MAX_DELAY_SECONDS = 900;

/** SendMessage. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendMessage(queues: Queues): Operation {
  return (input, context) => {
    const queue = queues.byUrl(requireText(input, 'QueueUrl'));
    const body = requireText(input, 'MessageBody');
    const limit = Number(queue.attributes.get('MaximumMessageSize'));
    if (Buffer.byteLength(body) > limit) {
      throw invalidParameterValue('MessageBody', `Message must be shorter than ${limit} bytes`);
    }
    const delaySeconds = optionalInteger(input, 'DelaySeconds', { min: 0, max: MAX_DELAY_SECONDS });
    const attributes = readAttributes(optionalMap(input, 'MessageAttributes'));
    const message = queue.send({
      body,
      attributes,
      senderId: context.principalArn,
      ...(delaySeconds === undefined ? {} : { delaySeconds }),
    });
    return {
      MessageId: message.id,
      MD5OfMessageBody: md5(body),
      MD5OfMessageAttributes: Object.keys(attributes).length > 0 ? md5OfAttributes(attributes) : undefined,
    };
  };
}

function readAttributes(given: JsonObject): MessageAttributes {
  const entries = Object.entries(given);
  if (entries.length > MAX_ATTRIBUTES) {
    throw invalidParameterValue(
      'MessageAttributes',
      `Number of message attributes exceeds ${MAX_ATTRIBUTES}`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(name: string, value: unknown): MessageAttribute {
  if (typeof value !== 'object' || value === null) {
    throw new AwsError('SerializationException', `Message attribute ${name} must be a structure`);
  }
  const { DataType, StringValue, BinaryValue } = value as JsonObject;
  if (typeof DataType !== 'string' || !/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw invalidParameterValue(`MessageAttributes.${name}.DataType`, 'Must be String, Number or Binary');
  }
  if (DataType.startsWith('Binary')) {
    if (typeof BinaryValue === 'string' && BinaryValue !== '') return { DataType, BinaryValue };
  } else if (typeof StringValue === 'string' && StringValue !== '') {
    return { DataType, StringValue };
  }
  throw invalidParameterValue(
    `MessageAttributes.${name}`,
    `Must contain a non-empty value of type ${DataType}`,
  );
}
