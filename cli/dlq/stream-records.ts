import {
  type _Record,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { type PendingRecord, toPendingRecord } from '../../local/functions/stream-record.ts';
import type { Clock } from '../../shared/ports.ts';
import { type Position, Refusal, type Streams } from './ports.ts';

/** Pages of 1 MB at most: a batch is far smaller. */
const MAX_PAGES = 100;
/** How long a stream keeps a record. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const RETENTION_MS = 86_400_000;

interface Options {
  readonly client: DynamoDBStreamsClient;
  readonly region: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** DynamoDB Streams, read as Lambda reads them. */
export function createStreams({ client, region, clock }: Options): Streams {
  return {
    async read(position) {
      const records = await readRange(client, position);
      if (!records.some((each) => numberOf(each) === BigInt(position.startSequenceNumber)))
        throw gone(position, clock.now());
      const source = { ...position, region, readAt: clock.now() };
      return records.map((each): PendingRecord => toPendingRecord(each, source));
    },
  };
}

/** What the stream has from the first to the last of them; nothing where it has let go of the first. */
async function readRange(client: DynamoDBStreamsClient, position: Position): Promise<readonly _Record[]> {
  const { streamArn, shardId, startSequenceNumber } = position;
  const end = BigInt(position.endSequenceNumber);
  const found: _Record[] = [];
  try {
    let { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId: shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: startSequenceNumber,
      }),
    );
    for (let page = 0; ShardIterator !== undefined && page < MAX_PAGES; page += 1) {
      const read: GetRecordsCommandOutput = await client.send(new GetRecordsCommand({ ShardIterator }));
      const { Records = [] } = read;
      found.push(...Records.filter((each) => numberOf(each) <= end));
      if (Records.some((each) => numberOf(each) >= end)) break;
      ShardIterator = read.NextShardIterator;
    }
    return found;
  } catch (error) {
    if (error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

function gone({ lastArrival }: Position, now: Date): Refusal {
  const isOld = lastArrival !== undefined && now.getTime() - Date.parse(lastArrival) > RETENTION_MS;
  const why = isOld ? 'a stream keeps its records for 24 hours' : 'the stream, or its shard, is not there';
  return new Refusal(
    `its records are gone (${why}): the next refresh of their findings is decided anew; remediator executions list shows what was left open, remediator retry takes an OpsItem up again. Delete the message then`,
  );
}

function numberOf({ dynamodb }: _Record): bigint {
  return BigInt(dynamodb?.SequenceNumber ?? 0);
}
