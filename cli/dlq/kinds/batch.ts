import { type LetterReader, objectIn, textIn } from '../letter.ts';

/**
 * Records of a DynamoDB stream that a function failed on: where they are in the stream, and not the records.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const batch: LetterReader = ({ body, functionOf }) => {
  if (!('DDBStreamBatchInfo' in body)) {
    if (!('KinesisBatchInfo' in body)) return undefined;
    return { kind: 'unknown', why: 'it is of a Kinesis stream, and this stack reads none' };
  }
  const info = objectIn(body.DDBStreamBatchInfo);
  const { functionArn, condition } = objectIn(body.requestContext);
  const { functionError } = objectIn(body.responseContext);
  const error = textIn(functionError);
  const why = `${textIn(condition) ?? 'given up'}${error === undefined ? '' : `: ${error}`}; the error is in the function's log`;
  const fn = functionOf(functionArn);
  if (fn === undefined)
    return {
      kind: 'unknown',
      why: `${String(functionArn)} is no function whose failures come here (${why})`,
    };
  const streamArn = textIn(info.streamArn);
  const shardId = textIn(info.shardId);
  const startSequenceNumber = sequenceNumberIn(info.startSequenceNumber);
  const endSequenceNumber = sequenceNumberIn(info.endSequenceNumber);
  if (!streamArn || !shardId || !startSequenceNumber || !endSequenceNumber)
    return { kind: 'unknown', why: `it does not say where its records are (${why})` };
  const table = streamArn.split('/')[1];
  if (!fn.streams.some(({ tableName }) => tableName === table))
    return { kind: 'unknown', why: `${fn.functionName} does not read the stream of ${table} (${why})` };
  const lastArrival = textIn(info.approximateArrivalOfLastRecord);
  return {
    kind: 'batch',
    fn,
    about: `${typeof info.batchSize === 'number' ? info.batchSize : 'some'} records of ${table}${lastArrival === undefined ? '' : `, ${lastArrival}`}`,
    why,
    content: {
      type: 'records',
      position: { streamArn, shardId, startSequenceNumber, endSequenceNumber, lastArrival },
    },
  };
};

function sequenceNumberIn(value: unknown): string | undefined {
  const text = textIn(value);
  return text !== undefined && /^\d{1,40}$/.test(text) ? text : undefined;
}
