import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RemediationRow } from '../../../shared/domain/state-event.ts';
import { type FakeAws, startFakeAws } from '../../helpers/fakes-aws-json.ts';
import { aContext, stubFunctionEnvironment } from '../../helpers/fakes-lambda.ts';
import { aRow } from '../../helpers/state-events.ts';

let aws: FakeAws;
let handler: typeof import('../../../functions/state-events.ts')['handler'];
beforeAll(async () => {
  aws = await startFakeAws();
  stubFunctionEnvironment(aws.url);
  ({ handler } = await import('../../../functions/state-events.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
});

interface Entry {
  readonly Detail: string;
}
const entries = () => aws.requests.flatMap(({ body }) => body.Entries as Entry[]);
const told = () => entries().map(({ Detail }) => JSON.parse(Detail));

let refused = '';
beforeEach(() => {
  aws.requests.length = 0;
  refused = '';
  aws.answer = ({ body }) => {
    const results = (body.Entries as Entry[]).map(({ Detail }) =>
      refused && Detail.includes(refused) ? { ErrorCode: 'InvalidArgument' } : { EventId: 'e' },
    );
    return { FailedEntryCount: results.filter((each) => 'ErrorCode' in each).length, Entries: results };
  };
});

type StreamImage = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

function aRecord(number: number, before: RemediationRow | undefined, after?: object): DynamoDBRecord {
  // The same shape by another package's types.
  const image = (row: object | undefined) => row && { ...(marshall(row) as NonNullable<StreamImage>) };
  const keys = { findingId: { S: before?.findingId ?? (after as RemediationRow).findingId } };
  const [OldImage, NewImage] = [image(before), image(after)];
  return {
    eventID: `event-${number}`,
    dynamodb: {
      SequenceNumber: String(number),
      ApproximateCreationDateTime: 1_715_573_314,
      Keys: keys,
      ...(OldImage ? { OldImage } : {}),
      ...(NewImage ? { NewImage } : {}),
    },
  };
}

async function handle(...Records: DynamoDBRecord[]): Promise<string[]> {
  const response = await handler({ Records }, aContext());
  return response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aRecord(index + 1, undefined, aRow({ findingId: `f${index}` })),
  );

describe('state-events', () => {
  it('a change of state is one event; what changed nothing, and what expired, is none', async () => {
    const row = aRow();
    const running = aRow({ state: 'Running', enteredAt: {} });
    expect(
      await handle(
        aRecord(1, row, running),
        aRecord(2, running, { ...running, nextActionAt: 'later' }),
        aRecord(3, running),
      ),
    ).toEqual([]);
    expect(told()).toMatchObject([{ from: 'Starting', to: 'Running', at: '2024-05-13T04:08:34.000Z' }]);
  });

  it('a hundred records are ten calls', async () => {
    expect(await handle(...many(100))).toEqual([]);
    expect(aws.requests.map(({ operation }) => operation)).toEqual(Array(10).fill('PutEvents'));
    expect(new Set(told().map(({ id }) => id)).size).toBe(100);
  });

  it('the record of an entry that was not taken is reported, and no other', async () => {
    refused = '"findingId":"f7"';
    expect(await handle(...many(20))).toEqual(['8']);
    expect(told()).toHaveLength(20);
  });

  it('so is a record that cannot be read', async () => {
    const poison = aRecord(21, undefined, { ...aRow(), state: 'Mended' });
    expect(await handle(...many(2), poison)).toEqual(['21']);
    expect(told()).toHaveLength(2);
  });
});
