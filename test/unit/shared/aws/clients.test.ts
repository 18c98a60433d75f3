import { describe, expect, it } from 'vitest';
import {
  type ClientOptions,
  createConfigService,
  createDynamoDb,
  createSsm,
  createSupport,
  createTagging,
} from '../../../../shared/aws/clients.ts';
import type { Place } from '../../../../shared/ports.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };

/** What clients are made with, and what was captured of them. */
function options() {
  const captured: object[] = [];
  const asked: Place[] = [];
  const given: ClientOptions = {
    capture: (client) => {
      captured.push(client);
      return client;
    },
    credentials: (place) => {
      asked.push(place);
      if (place.account === ACCOUNT) return {};
      return {
        credentials: async () => ({
          accessKeyId: `of ${place.account}`,
          secretAccessKey: 'secret',
          sessionToken: 'token',
          expiration: new Date('2999-01-01T00:00:00Z'),
        }),
      };
    },
  };
  return { given, captured, asked };
}

describe('clients', () => {
  it.each([
    ['Systems Manager', createSsm],
    ['tagging', createTagging],
    ['Config', createConfigService],
    ['Support', createSupport],
  ])('of %s are made once for each place, and captured once', async (_, create) => {
    const { given, captured, asked } = options();
    const forPlace = create(given);
    const one = forPlace(PLACE);
    expect(forPlace({ ...PLACE })).toBe(one);
    expect(forPlace({ ...PLACE, region: 'eu-west-1' })).not.toBe(one);
    expect(forPlace({ ...PLACE, account: '123456789012' })).not.toBe(one);
    expect(captured).toHaveLength(3);
    expect(asked).toHaveLength(3);
    expect(await one.config.region()).toBe(REGION);
  });

  it("of another account act under that account's credentials", async () => {
    const client = createSsm(options().given)({ ...PLACE, account: '123456789012' });
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'of 123456789012' });
  });

  it('try once more than the SDK would: a start may be made about once a second', async () => {
    const client = createSsm(options().given)(PLACE);
    expect(await client.config.maxAttempts()).toBe(4);
  });

  it("DynamoDB's is captured too", () => {
    const { given, captured } = options();
    const client = createDynamoDb('us-east-1', given.capture);
    expect(captured).toEqual([client]);
  });
});
