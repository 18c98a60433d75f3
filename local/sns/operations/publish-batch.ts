import { AwsError } from '../../aws-error.ts';
import type { JsonObject, QueryOperation } from '../../service.ts';
import type { TopicDefinition } from '../../service-definition/service-definition.ts';
import { requireTopicArn } from '../input.ts';
import { MAX_BYTES, type Message, readMessage } from '../message.ts';
import { flag, list, MESSAGE_MEMBERS, structure, text } from '../shapes.ts';
import type { Topics } from '../topics.ts';

const MAX_ENTRIES = 10;

/** PublishBatch: an entry that is not sound fails by itself. https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export function publishBatch(topics: Topics): QueryOperation {
  return {
    input: structure({
      TopicArn: text,
      PublishBatchRequestEntries: list(structure({ Id: text, ...MESSAGE_MEMBERS })),
    }),
    output: structure({
      Successful: list(structure({ Id: text, MessageId: text })),
      Failed: list(structure({ Id: text, Code: text, Message: text, SenderFault: flag })),
    }),
    run: (input) => {
      const topic = topics.get(requireTopicArn(input));
      const entries = readEntries(input.PublishBatchRequestEntries);
      return {
        Successful: entries.flatMap((entry) => succeed(entry, topic, topics)),
        Failed: entries.flatMap(({ Id, read }) =>
          read instanceof AwsError
            ? [{ Id, Code: read.code, Message: read.message, SenderFault: read.statusCode < 500 }]
            : [],
        ),
      };
    },
  };
}

interface Entry {
  readonly Id: string;
  readonly read: Message | AwsError;
}

function succeed({ Id, read }: Entry, topic: TopicDefinition, topics: Topics): object[] {
  return read instanceof AwsError ? [] : [{ Id, MessageId: topics.publish(topic, read) }];
}

function readEntries(given: unknown): Entry[] {
  const entries: readonly JsonObject[] = Array.isArray(given) ? given : [];
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  }
  const ids = entries.map(({ Id }) => readId(Id));
  if (new Set(ids).size < ids.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  const read = entries.map((entry, index) => ({ Id: ids[index] ?? '', read: tryToRead(entry) }));
  const bytes = read.reduce((sum, { read: each }) => sum + ('bytes' in each ? each.bytes : 0), 0);
  if (bytes > MAX_BYTES) {
    throw new AwsError(
      'BatchRequestTooLong',
      'The length of all the messages put together is more than the limit.',
    );
  }
  return read;
}

function readId(id: unknown): string {
  if (typeof id === 'string' && /^[\w-]{1,80}$/.test(id)) return id;
  throw new AwsError(
    'InvalidBatchEntryId',
    "The Id of a batch entry in a batch request doesn't abide by the specification.",
  );
}

function tryToRead(entry: JsonObject): Message | AwsError {
  try {
    return readMessage(entry);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
