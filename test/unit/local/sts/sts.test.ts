import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AccountHttpRequest } from '../../../../local/account/account.ts';
import { createCallers } from '../../../../local/functions/callers.ts';
import { createSts } from '../../../../local/sts/sts.ts';
import { FakeClock } from '../../../helpers/fakes.ts';
import { fixtureFunction } from '../../../helpers/local-functions.ts';
import { startTestEndpoint } from '../endpoint/start-endpoint.ts';

const OWN = '123456789012';
const THERE = 'arn:aws-cn:iam::111122223333:role/teams/remediator';

/** The endpoint, with STS in front of an account that says no to all. */
async function start() {
  const callers = createCallers({ accountId: OWN, functions: [fixtureFunction('handlers/echo.handler')] });
  const asked: AccountHttpRequest[] = [];
  const endpoint = await startTestEndpoint({
    services: [createSts({ clock: new FakeClock('2026-01-02T03:04:05.000Z'), callers })],
    principalOf: callers.principalOf,
    account: {
      handleHttp: async (request) => {
        asked.push(request);
        return { statusCode: 403, headers: {}, body: '' };
      },
    },
  });
  const client = (accessKeyId: string) =>
    new STSClient({
      endpoint: endpoint.url,
      region: 'eu-west-1',
      credentials: { accessKeyId, secretAccessKey: 'x' },
      maxAttempts: 1,
    });
  return { ...endpoint, callers, asked, client };
}

const assume = (RoleArn: string) =>
  new AssumeRoleCommand({
    RoleArn,
    RoleSessionName: 'remediator',
    ExternalId: 'ours-1',
    Tags: [{ Key: 'remediator:account', Value: OWN }],
  });

describe('a role in another account', () => {
  it('is in the one account: its credentials are those that the function has, for an hour', async () => {
    await using cloud = await start();
    const key = cloud.callers.keyOf('handler');
    const { Credentials, AssumedRoleUser } = await cloud.client(key).send(assume(THERE));
    expect(Credentials).toMatchObject({
      AccessKeyId: key,
      SessionToken: expect.stringContaining('111122223333'),
      Expiration: new Date('2026-01-02T04:04:05.000Z'),
    });
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/remediator/remediator');
    expect(cloud.asked).toEqual([]);
  });

  it.each(['arn:aws:iam::1111:role/x', 'arn:aws:iam::111122223333:user/x', 'remediator'])(
    '%s is refused: it is no role',
    async (arn) => {
      await using cloud = await start();
      const answer = cloud.client(cloud.callers.keyOf('handler')).send(assume(arn));
      await expect(answer).rejects.toMatchObject({ name: 'ValidationError' });
    },
  );
});

it('whoever is no function asks the account', async () => {
  await using cloud = await start();
  await expect(cloud.client('test').send(new GetCallerIdentityCommand({}))).rejects.toThrow();
  await expect(cloud.client('test').send(assume(THERE))).rejects.toThrow();
  expect(cloud.asked.map(({ service }) => service)).toEqual(['sts', 'sts']);
});
