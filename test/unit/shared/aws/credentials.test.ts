import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAssumedRoles } from '../../../../shared/aws/assumed-roles.ts';
import { createAccounts, createCredentials, createToldIn } from '../../../../shared/aws/credentials.ts';
import { FakeClock, MINUTE } from '../../../helpers/fakes.ts';

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
let status: number;
let clock: FakeClock;
beforeEach(() => {
  asked = [];
  status = 200;
  clock = new FakeClock();
  answer = granted('2999-01-01T00:00:00Z');
});

const granted = (until: string) =>
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
    <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>${until}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

function refuse(code: string, statusCode: number): void {
  status = statusCode;
  answer = `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
}

/** STS itself, as far as a client can tell. */
function sts(): STSClient {
  return new STSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: { readonly body?: unknown }) => {
        asked.push(new URLSearchParams(String(body)));
        return {
          response: {
            statusCode: status,
            headers: { 'content-type': 'text/xml' },
            body: Buffer.from(answer),
          },
        };
      },
    },
  });
}

const roles = (options = OPTIONS) => createAssumedRoles({ ...options, sts, clock });

/** The credentials of a place, which must have some of its own. */
async function assume(options = OPTIONS, { account = OTHER, region = 'eu-west-1' } = {}) {
  const { credentials } = createCredentials(options, roles(options))(place(account, region));
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
    expect(createCredentials(OPTIONS, roles())(place(OWN))).toEqual({});
    expect(createCredentials(WITHOUT_ROLE, roles(WITHOUT_ROLE))(place(OWN))).toEqual({});
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
    refuse('AccessDenied', 403);
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('are asked for when a call is made, and kept as long as they hold', async () => {
    const { credentials } = createCredentials(OPTIONS, roles())(place(OTHER));
    if (!credentials) throw new Error('There are none');
    const client = new SSMClient({ region: 'eu-west-1', credentials });
    expect(asked).toEqual([]);
    for (const _ of [1, 2])
      expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'ASIA', sessionToken: 'token' });
    expect(asked).toHaveLength(1);
  });
});

describe('accounts', () => {
  const EVERYWHERE = { account: OTHER, region: 'us-east-1' };

  it('reach our own always, whatever STS says, and without a role no other', async () => {
    refuse('AccessDenied', 403);
    expect(await createAccounts(OPTIONS, roles()).reaches(OWN)).toBe(true);
    expect(await createAccounts(WITHOUT_ROLE, roles(WITHOUT_ROLE)).reaches(OWN)).toBe(true);
    expect(await createAccounts(WITHOUT_ROLE, roles(WITHOUT_ROLE)).reaches(OTHER)).toBe(false);
    expect(asked).toEqual([]);
  });

  it('reach another while the credentials of its role live: asked once, whoever asks, and the clients use them', async () => {
    answer = granted('2024-05-13T05:10:00Z');
    const assumed = roles();
    const { reaches } = createAccounts(OPTIONS, assumed);
    expect(await Promise.all([reaches(OTHER), reaches(OTHER)])).toEqual([true, true]);
    expect(await createCredentials(OPTIONS, assumed)(EVERYWHERE).credentials?.()).toMatchObject({
      sessionToken: 'token',
    });
    clock.advance(Date.parse('2024-05-13T05:04:59Z') - clock.now().getTime());
    expect(await reaches(OTHER)).toBe(true);
    expect(asked).toHaveLength(1);
    // The SDK, too, renews credentials five minutes before they end.
    clock.advance(1000);
    expect(await reaches(OTHER)).toBe(true);
    expect(asked).toHaveLength(2);
    refuse('AccessDenied', 403);
    clock.advance(60 * MINUTE);
    expect(await reaches(OTHER)).toBe(false);
  });

  it('do not reach one whose role is not there, or not for us; five minutes later it is asked again', async () => {
    refuse('AccessDenied', 403);
    const { reaches } = createAccounts(OPTIONS, roles());
    expect(await reaches(OTHER)).toBe(false);
    answer = granted('2999-01-01T00:00:00Z');
    status = 200;
    clock.advance(5 * MINUTE - 1);
    expect(await reaches(OTHER)).toBe(false);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await reaches(OTHER)).toBe(true);
  });

  it.each([
    ['Throttling', 400],
    ['RegionDisabledException', 403],
    ['ServiceUnavailable', 503],
  ])('%s is never "no role": it is thrown, and asked again at once', async (code, statusCode) => {
    refuse(code, statusCode);
    const { reaches } = createAccounts(OPTIONS, roles());
    await expect(reaches(OTHER)).rejects.toMatchObject({ name: code });
    answer = granted('2999-01-01T00:00:00Z');
    status = 200;
    expect(await reaches(OTHER)).toBe(true);
  });

  it('people are told where the finding is, or in our own account where we cannot', async () => {
    const toldIn = (options: typeof OPTIONS) =>
      createToldIn(options, createAccounts(options, roles(options)));
    expect(await toldIn(OPTIONS)(place(OTHER))).toEqual(place(OTHER));
    expect(await toldIn(WITHOUT_ROLE)(place(OTHER))).toEqual(place(OWN));
    expect(await toldIn(WITHOUT_ROLE)(place(OWN))).toEqual(place(OWN));
    refuse('AccessDenied', 403);
    expect(await toldIn(OPTIONS)(place(OTHER))).toEqual(place(OWN));
  });
});
