import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAccounts, createCredentials, createToldIn } from '../../../../shared/aws/credentials.ts';

const OWN = '012345678901';
const OTHER = '123456789012';
const OPTIONS = {
  accountId: OWN,
  region: 'us-east-1',
  crossAccountRoleName: 'path/remediator',
  crossAccountExternalId: 'ours-1',
};
const WITHOUT_ROLE = { ...OPTIONS, crossAccountRoleName: '' };
const place = (account: string, region = 'eu-west-1') => ({ account, region });

/** What STS was asked, as the Query protocol sends it. */
let asked: URLSearchParams[];
let answer: string;
beforeEach(() => {
  asked = [];
  answer = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
    <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
});

/** STS itself, as far as a client can tell. */
function sts(statusCode = 200): STSClient {
  return new STSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: { readonly body?: unknown }) => {
        asked.push(new URLSearchParams(String(body)));
        return {
          response: { statusCode, headers: { 'content-type': 'text/xml' }, body: Buffer.from(answer) },
        };
      },
    },
  });
}

/** The credentials of a place, which must have some of its own. */
async function assume(options = OPTIONS, { account = OTHER, region = 'eu-west-1', statusCode = 200 } = {}) {
  const { credentials } = createCredentials(options, sts(statusCode))(place(account, region));
  if (!credentials) throw new Error('There are none');
  return credentials();
}

describe('credentials in other accounts', () => {
  it('are those of the role there, with our external ID and a tag that says for whom', async () => {
    expect(await assume()).toEqual({
      accessKeyId: 'ASIA',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2999-01-01T00:00:00Z'),
    });
    expect(asked.map((each) => Object.fromEntries(each))).toEqual([
      {
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: `arn:aws:iam::${OTHER}:role/path/remediator`,
        RoleSessionName: 'remediator',
        ExternalId: 'ours-1',
        'Tags.member.1.Key': 'remediator:account',
        'Tags.member.1.Value': OWN,
      },
    ]);
  });

  it.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
  ])('in %s the role is in the partition %s', async (region, partition) => {
    await assume(OPTIONS, { region });
    expect(asked[0]?.get('RoleArn')).toBe(`arn:${partition}:iam::${OTHER}:role/path/remediator`);
  });

  it('without an external ID none is sent', async () => {
    await assume({ ...OPTIONS, crossAccountExternalId: '' });
    expect(asked[0]?.has('ExternalId')).toBe(false);
  });

  it('our own account has none: its role is ours already', () => {
    expect(createCredentials(OPTIONS, sts())(place(OWN))).toEqual({});
    expect(createCredentials(WITHOUT_ROLE, sts())(place(OWN))).toEqual({});
  });

  it('where there is no role, a call fails: it never goes to our own account instead', async () => {
    await expect(assume(WITHOUT_ROLE)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `There is no role for the account ${OTHER}.`,
    });
    expect(asked).toEqual([]);
  });

  it('an answer without credentials is none', async () => {
    answer = '<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>';
    await expect(assume()).rejects.toMatchObject({ code: 'AWS_CALL_FAILED', retryable: true });
  });

  it('a role that does not trust us is an error with its name', async () => {
    answer = '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
    await expect(assume(OPTIONS, { statusCode: 403 })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('are asked for when a call is made, and kept as long as they hold', async () => {
    const { credentials } = createCredentials(OPTIONS, sts())(place(OTHER));
    if (!credentials) throw new Error('There are none');
    const client = new SSMClient({ region: 'eu-west-1', credentials });
    expect(asked).toEqual([]);
    for (const _ of [1, 2])
      expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'ASIA', sessionToken: 'token' });
    expect(asked).toHaveLength(1);
  });
});

describe('accounts', () => {
  it('reach our own always, and others where there is a role', () => {
    expect(createAccounts(OPTIONS).reaches(OTHER)).toBe(true);
    expect(createAccounts(WITHOUT_ROLE).reaches(OTHER)).toBe(false);
    expect(createAccounts(WITHOUT_ROLE).reaches(OWN)).toBe(true);
  });

  it('people are told where the finding is, or in our own account where we cannot', () => {
    expect(createToldIn(OPTIONS)(place(OTHER))).toEqual(place(OTHER));
    expect(createToldIn(WITHOUT_ROLE)(place(OTHER))).toEqual(place(OWN));
    expect(createToldIn(WITHOUT_ROLE)(place(OWN))).toEqual(place(OWN));
  });
});
