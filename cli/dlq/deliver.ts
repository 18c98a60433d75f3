import { compilePattern } from '../../local/events/pattern.ts';
import type { PendingRecord } from '../../local/functions/stream-record.ts';
import type {
  FunctionDefinition,
  StreamDefinition,
} from '../../local/service-definition/service-definition.ts';
import { type Letter, objectIn } from './letter.ts';
import { type Functions, type Position, Refusal, type Streams } from './ports.ts';

export interface DeliverDeps {
  readonly functions: Functions;
  readonly streams: Streams;
}

/** Of what is sent at once: Lambda takes 6 MB. */
const MAX_BYTES = 5_000_000;

/**
 * Gives a message back to its function.
 *
 * An event is handed over as it was before: Lambda retries it, and what fails again comes back to the queue. Records of a
 * stream have no such net outside of their event source mapping, so that their function is waited for.
 * @throws Refusal where it was not taken; whatever AWS answers
 */
export async function deliver(deps: DeliverDeps, { fn, content }: Letter): Promise<void> {
  if (content.type === 'event') return deps.functions.invokeLater(fn.functionName, content.event);
  const stream = streamOf(fn, content.position);
  const records = await deps.streams.read(content.position);
  // A range has records of other lanes, and those that the function is never called for.
  const filters = stream.filterPatterns.map((pattern) => compilePattern(pattern));
  const wanted = records.filter(
    ({ record }) => filters.length === 0 || filters.some((matches) => matches(record)),
  );
  for (const some of inBatches(wanted, stream.batchSize)) await handBatch(deps, fn, some);
}

async function handBatch(
  { functions }: DeliverDeps,
  fn: FunctionDefinition,
  records: readonly PendingRecord[],
): Promise<void> {
  const { error, payload } = await functions.invoke(fn.functionName, {
    Records: records.map(({ record }) => record),
  });
  if (error !== undefined) throw new Refusal(`${fn.functionName} failed on it again: ${error}`);
  const { batchItemFailures } = objectIn(payload);
  if (!Array.isArray(batchItemFailures) || batchItemFailures.length === 0) return;
  throw new Refusal(
    `${fn.functionName} failed again on ${batchItemFailures.length} of its ${records.length} records: the error is in its log`,
  );
}

function streamOf(fn: FunctionDefinition, { streamArn }: Position): StreamDefinition {
  const stream = fn.streams.find(({ tableName }) => tableName === streamArn.split('/')[1]);
  if (stream === undefined) throw new Refusal(`${fn.functionName} does not read ${streamArn}`);
  return stream;
}

/** In their order, as many at a time as the function is used to, and as Lambda takes. */
function* inBatches(records: readonly PendingRecord[], most: number): Generator<readonly PendingRecord[]> {
  let some: PendingRecord[] = [];
  let bytes = 0;
  for (const each of records) {
    const size = Buffer.byteLength(JSON.stringify(each.record));
    if (some.length === most || (some.length > 0 && bytes + size > MAX_BYTES)) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(each);
    bytes += size;
  }
  if (some.length > 0) yield some;
}
