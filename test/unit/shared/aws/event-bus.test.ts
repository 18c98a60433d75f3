import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventBus } from '../../../../shared/aws/event-bus.ts';
import { type StateEvent, stateEventsOf } from '../../../../shared/domain/state-event.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { GROUP_ARN } from '../../../helpers/findings.ts';
import { aRow } from '../../../helpers/state-events.ts';

interface Entry {
  readonly Detail: string;
  readonly [member: string]: unknown;
}

let aws: FakeAws;
let client: EventBridgeClient;
beforeAll(async () => {
  aws = await startFakeAws();
  client = new EventBridgeClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await aws[Symbol.asyncDispose]();
});

const entriesOf = (body: unknown) => (body as { Entries: Entry[] }).Entries;

beforeEach(() => {
  aws.requests.length = 0;
  aws.answer = ({ body }) => ({
    FailedEntryCount: 0,
    Entries: entriesOf(body).map((_, index) => ({ EventId: String(index) })),
  });
});

const someEvents = (count: number, resource = GROUP_ARN): StateEvent[] =>
  Array.from({ length: count }, (_, index) => aRow({ findingId: `finding-${index}`, resource })).flatMap(
    (after) => stateEventsOf({ before: undefined, after, writtenAt: new Date(0) }),
  );

const calls = () => aws.requests.map(({ body }) => entriesOf(body));

/** Entries of each call; calls are under way at once, and may arrive in any order. */
const sizes = () =>
  calls()
    .map(({ length }) => length)
    .toSorted((a, b) => b - a);

describe('PutEvents', () => {
  it('carries source, type, time, resource and detail to the default bus', async () => {
    const [event] = someEvents(1);
    expect(await createEventBus(client).put(someEvents(1))).toEqual([undefined]);
    expect(calls()).toEqual([
      [
        {
          Source: 'remediator',
          DetailType: 'Remediation State Change',
          Time: Date.parse('2024-05-13T04:08:33.123Z') / 1000,
          Resources: [GROUP_ARN],
          Detail: JSON.stringify(event?.detail),
        },
      ],
    ]);
  });

  it('takes ten a call', async () => {
    expect(await createEventBus(client).put(someEvents(21))).toHaveLength(21);
    expect(sizes()).toEqual([10, 10, 1]);
  });

  it('takes less than 1 MB a call', async () => {
    await createEventBus(client).put(someEvents(4, `arn:aws:s3:::${'b'.repeat(150_000)}`));
    expect(sizes()).toEqual([3, 1]);
  });

  it('an entry fails by itself, and says whether it can be put again', async () => {
    aws.answer = () => ({
      FailedEntryCount: 2,
      Entries: [
        { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' },
        { EventId: '1' },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'no JSON' },
      ],
    });
    expect(await createEventBus(client).put(someEvents(4))).toEqual([
      { code: 'ThrottlingException', message: 'slow down', retryable: true },
      undefined,
      { code: 'MalformedDetail', message: 'no JSON', retryable: false },
      { code: 'NoAnswer', message: '', retryable: false },
    ]);
  });

  it('where a call fails, its entries do, and those of other calls do not', async () => {
    const taken = aws.answer;
    aws.answer = (request) =>
      entriesOf(request.body).length < 10 ? new AwsFault('AccessDeniedException') : taken(request);
    const fates = await createEventBus(client).put(someEvents(11));
    expect(fates.slice(0, 10).filter(Boolean)).toEqual([]);
    expect(fates[10]).toMatchObject({ code: 'AccessDeniedException', retryable: false });
  });
});
