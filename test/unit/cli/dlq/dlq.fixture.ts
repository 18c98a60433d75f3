import type { Answer, Functions, Position, Queues, RawMessage, Streams } from '../../../../cli/dlq/ports.ts';
import type { PendingRecord } from '../../../../local/functions/stream-record.ts';
import type {
  FunctionDefinition,
  ServiceDefinition,
} from '../../../../local/service-definition/service-definition.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { fixtureFunction, fixtureStream } from '../../../helpers/local-functions.ts';

const ACCOUNT = '123456789012';
export const NOW = new Date('2026-05-13T12:00:00Z');
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:app-prod-${name}`;

function fn(name: string, changes: Partial<FunctionDefinition>): FunctionDefinition {
  const functionName = `app-prod-${name}`;
  const functionArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${functionName}`;
  return fixtureFunction('handlers/echo.handler', { name, functionName, functionArn, ...changes });
}

const failingTo = (queue: string) => ({
  asyncConfig: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 60, onFailureQueueArn: queueArn(queue) },
});
const noDestination = {
  asyncConfig: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 60, onFailureQueueArn: undefined },
};

export const TRACKER = fn('tracker', {
  ...failingTo('findings'),
  topics: [{ topicArn: 'arn:aws:sns:us-east-1:123456789012:alarms', deadLetterQueueArn: queueArn('alarms') }],
});
export const TIMER = fn('timer', failingTo('timer'));
export const HANDLER = fn('handler', {
  ...noDestination,
  streams: [
    fixtureStream({
      tableName: 'Items',
      batchSize: 2,
      onFailureQueueArn: queueArn('records'),
      filterPatterns: [{ eventName: ['INSERT'] }],
    }),
  ],
});

const names = ['findings', 'timer', 'records', 'alarms', 'unrelated'];
export const STACK: ServiceDefinition = {
  service: 'app',
  stage: 'prod',
  stackName: 'app-prod',
  accountId: ACCOUNT,
  region: 'us-east-1',
  directory: '/',
  functions: [TRACKER, TIMER, HANDLER],
  tables: [],
  topics: [],
  queues: names.map((name) => ({ logicalId: name, name: `app-prod-${name}`, arn: queueArn(name) })),
};

export const POSITION: Position = {
  streamArn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/Items/stream/1`,
  shardId: 'shardId-1',
  startSequenceNumber: '1',
  endSequenceNumber: '4',
  lastArrival: '2026-05-13T11:00:00Z',
};

let count = 0;
/** A message as it stands in a queue. */
export function message(body: unknown, changes: Partial<RawMessage> = {}): RawMessage {
  count += 1;
  return {
    id: `m-${count}`,
    receiptHandle: '',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    sentAt: new Date(NOW.getTime() - 3_600_000 + count),
    attributes: {},
    ...changes,
  };
}

export const FINDING_EVENT = {
  source: 'aws.config',
  'detail-type': 'A Change',
  time: '2026-05-13T10:00:00Z',
};

/** What Lambda's on-failure destination writes. */
export const failedCall = (target: FunctionDefinition, requestPayload: unknown) =>
  message({
    version: '1.0',
    requestContext: {
      functionArn: `${target.functionArn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload,
    responsePayload: { errorType: 'TypeError', errorMessage: 'it broke' },
  });

/** What an event source mapping's on-failure destination writes. */
export const failedBatch = (
  target: FunctionDefinition,
  position: Partial<Record<keyof Position, unknown>> = {},
) => {
  const { lastArrival, ...where } = { ...POSITION, ...position };
  return message({
    requestContext: { functionArn: target.functionArn, condition: 'RetryAttemptsExhausted' },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    DDBStreamBatchInfo: { ...where, approximateArrivalOfLastRecord: lastArrival, batchSize: 4 },
  });
};

/** What EventBridge writes. */
export const failedEvent = (targetArn: string, event: object = FINDING_EVENT) =>
  message(event, {
    attributes: {
      TARGET_ARN: targetArn,
      RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/r',
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'not allowed',
    },
  });

export function record(sequenceNumber: string, eventName = 'INSERT'): PendingRecord {
  return {
    record: {
      eventID: sequenceNumber,
      eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: POSITION.streamArn,
      dynamodb: { SequenceNumber: sequenceNumber },
    },
    sequenceNumber,
    itemKey: sequenceNumber,
    arrivedAt: NOW,
    shardId: POSITION.shardId,
    streamArn: POSITION.streamArn,
  };
}

/** Queues in memory, in which a message is hidden until it is released: no time goes by. */
class FakeQueues implements Queues {
  readonly #all: Map<string, RawMessage[]>;
  readonly #hidden = new Map<string, string>();
  #receipts = 0;
  /** The biggest number of messages that was hidden at once. */
  mostHidden = 0;

  constructor(contents: Readonly<Record<string, readonly RawMessage[]>>) {
    this.#all = new Map(
      Object.entries(contents).map(([name, messages]) => [`app-prod-${name}`, [...messages]]),
    );
  }

  urlOf = async (name: string) => (this.#all.has(name) ? name : undefined);

  count = async (url: string) => {
    const held = this.ids(url).filter((id) => this.#hidden.has(id)).length;
    return { waiting: this.ids(url).length - held, held };
  };

  receive = async (url: string, most: number) => {
    const some = (this.#all.get(url) ?? []).filter(({ id }) => !this.#hidden.has(id)).slice(0, most);
    return some.map((each) => {
      this.#receipts += 1;
      this.#hidden.set(each.id, `r-${this.#receipts}`);
      this.mostHidden = Math.max(this.mostHidden, this.#hidden.size);
      return { ...each, receiptHandle: `r-${this.#receipts}` };
    });
  };

  delete = async (url: string, receiptHandle: string) => {
    const kept = (this.#all.get(url) ?? []).filter(({ id }) => this.#hidden.get(id) !== receiptHandle);
    this.#all.set(url, kept);
    await this.release(url, receiptHandle);
  };

  release = async (_url: string, receiptHandle: string) => {
    for (const [id, handle] of this.#hidden) if (handle === receiptHandle) this.#hidden.delete(id);
  };

  /** What is in the queue, hidden or not. */
  ids(url: string): readonly string[] {
    return (this.#all.get(url) ?? []).map(({ id }) => id);
  }

  add(name: string, added: RawMessage): void {
    this.#all.get(`app-prod-${name}`)?.push(added);
  }

  async hidden(url: string): Promise<number> {
    return (await this.count(url)).held;
  }
}

/** A deployment of STACK with messages in its queues. */
export function deployment(contents: Readonly<Record<string, readonly RawMessage[]>>) {
  const everything = { findings: [], timer: [], records: [], alarms: [], ...contents };
  const queues = new FakeQueues(everything);
  const called: { readonly name: string; readonly event: unknown; readonly later: boolean }[] = [];
  const answers: (Answer | Error)[] = [];
  const stored: PendingRecord[] = [];
  const functions: Functions = {
    invokeLater: async (name, event) => {
      called.push({ name, event, later: true });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
    },
    invoke: async (name, event) => {
      called.push({ name, event, later: false });
      const answer = answers.shift() ?? { payload: { batchItemFailures: [] } };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const streams: Streams = { read: async () => stored };
  const ui = new FakeUi();
  const stop = new AbortController();
  const progress: string[] = [];
  const deps = {
    ...{ queues, functions, streams, ui, stack: STACK, signal: stop.signal },
    clock: { now: () => NOW },
    onProgress: (done: number, total: number) => void progress.push(`${done}/${total}`),
  };
  return { deps, queues, called, answers, stored, ui, stop, progress };
}
