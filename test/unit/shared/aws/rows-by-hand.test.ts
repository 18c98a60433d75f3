import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createExceptionStore } from '../../../../shared/aws/exception-store.ts';
import { createMappingStore } from '../../../../shared/aws/mapping-store.ts';
import { trackedFindingFrom } from '../../../../shared/aws/tracked-finding.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { FakeClock } from '../../../helpers/fakes.ts';

/** A number that JavaScript can't hold, as people may write one by hand. */
const HUGE = { N: '12345678901234567890123456789.5' };

function clientOf(answer: object): DynamoDBClient {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  client.send = async () => answer;
  return client;
}

it('a row with a number beyond all bounds voids no other exception', async () => {
  const Items = [
    { resource: { S: 'r' }, checkName: { S: 'c' }, expiresAt: HUGE },
    { resource: { S: 'x' }, checkName: { S: 'c' }, odd: HUGE },
  ];
  const store = createExceptionStore({ client: clientOf({ Items }), tableName: 'T', clock: new FakeClock() });
  expect(await store.list()).toMatchObject([{ resource: 'r' }, { resource: 'x' }]);
});

it('a mapping with one is broken, not unreadable', async () => {
  const Responses = { T: [{ checkName: { S: 'c' }, maxPerHour: HUGE }] };
  const store = createMappingStore({
    client: clientOf({ Responses }),
    tableName: 'T',
    clock: new FakeClock(),
  });
  expect(await store.find('c')).toBeInstanceOf(RemediatorError);
});

it('so is a finding', () => {
  expect(() => trackedFindingFrom({ findingId: { S: 'x' }, episode: HUGE })).toThrow(RemediatorError);
});
