import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { RemediatorError } from '../domain/errors.ts';
import { partitionOf } from '../domain/finding.ts';
import type { Accounts, Place } from '../ports.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What a client for a place is given: nothing for our own account, whose role the function has already. */
export type PlaceCredentials = (place: Place) => { readonly credentials?: () => Promise<Credentials> };

interface Options {
  readonly accountId: string;
  readonly region: string;
  /** The same in every account; empty: there are no roles in other accounts. */
  readonly crossAccountRoleName: string;
  readonly crossAccountExternalId: string;
}

/** Our own account, and those where a role of that name is for us. */
export function createAccounts({ accountId, crossAccountRoleName }: Options): Accounts {
  return { reaches: (account) => account === accountId || crossAccountRoleName !== '' };
}

/**
 * Where people are told of what happens in a place: there, or in our own account where there is no role for us. Who is not
 * allowed to act is not allowed to stay silent either.
 */
export function createToldIn(options: Options): (place: Place) => Place {
  const { reaches } = createAccounts(options);
  return (place) => (reaches(place.account) ? place : { account: options.accountId, region: place.region });
}

/**
 * Credentials in other accounts: the role of that name, assumed with the external ID and a session tag that says for
 * which account Remediator runs. The SDK keeps them until shortly before they expire.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function createCredentials(
  options: Options,
  sts = new STSClient({ region: options.region }),
): PlaceCredentials {
  return (place) => {
    if (place.account === options.accountId) return {};
    return { credentials: () => assume(sts, options, place) };
  };
}

async function assume(sts: STSClient, options: Options, place: Place): Promise<Credentials> {
  const { account, region } = place;
  const { crossAccountRoleName: name } = options;
  // Callers ask `reaches` first; a call that got here all the same must not go to our own account.
  if (name === '')
    throw new RemediatorError('CONFIG_INVALID', `There is no role for the account ${account}.`);
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:${partitionOf(region)}:iam::${account}:role/${name}`,
      RoleSessionName: 'remediator',
      Tags: [{ Key: 'remediator:account', Value: options.accountId }],
      ...(options.crossAccountExternalId ? { ExternalId: options.crossAccountExternalId } : {}),
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
    throw new RemediatorError('AWS_CALL_FAILED', `AssumeRole in ${account} answered without credentials.`);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
