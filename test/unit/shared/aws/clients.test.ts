import { describe, expect, it } from 'vitest';
import { createDynamoDb, createSsm, createTagging } from '../../../../shared/aws/clients.ts';

describe('clients', () => {
  it('are made once for each region, and captured once', async () => {
    const captured: object[] = [];
    const capture = <Client extends object>(client: Client) => {
      captured.push(client);
      return client;
    };
    for (const forRegion of [createSsm(capture), createTagging(capture)]) {
      captured.length = 0;
      const one = forRegion('us-east-1');
      expect(forRegion('us-east-1')).toBe(one);
      expect(forRegion('eu-west-1')).not.toBe(one);
      expect(captured).toHaveLength(2);
      expect(await one.config.region()).toBe('us-east-1');
    }
    captured.length = 0;
    createDynamoDb('us-east-1', capture);
    expect(captured).toHaveLength(1);
  });

  it('try once more than the SDK would: a start may be made about once a second', async () => {
    const client = createSsm((each) => each)('us-east-1');
    expect(await client.config.maxAttempts()).toBe(4);
  });
});
