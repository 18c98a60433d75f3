import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { RemediatorError } from '../domain/errors.ts';
import { partitionOf } from '../domain/finding.ts';
import type { Clock, Place } from '../ports.ts';
import { isAwsError } from './errors.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

interface Options {
  readonly accountId: string;
  /** The same in every account; empty: there are no roles in other accounts. */
  readonly crossAccountRoleName: string;
  readonly crossAccountExternalId: string;
  /** Made when it is first needed: most deployments have no other accounts. */
  readonly sts: () => STSClient;
  readonly clock: Pick<Clock, 'now'>;
}

/** The role of that name in other accounts. */
export interface AssumedRoles {
  /**
   * @returns the error where STS does not let us assume the role: there is none, or it does not trust us
   * @throws where STS is throttled or cannot be reached: that is never "no role"
   */
  assume(place: Place): Promise<Credentials | Error>;
}

/** A role that is made is found within this time. */
const ASK_AGAIN_MS = 5 * 60_000;
/** The SDK asks for new credentials so long before the old ones end. */
const RENEW_MS = 5 * 60_000;

interface Answer {
  readonly answer: Promise<Credentials | Error>;
  until: number;
}

/**
 * Assumes the role with the external ID and a session tag that says for which account Remediator runs. One call serves
 * everybody who asks at the same time, and later ones until shortly before the credentials expire.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function createAssumedRoles(options: Options): AssumedRoles {
  const { clock } = options;
  const answers = new Map<string, Answer>();

  async function ask(arn: string, place: Place): Promise<Credentials | Error> {
    try {
      const found = await assumeRole(options, arn, place);
      const kept = answers.get(arn);
      if (kept)
        kept.until =
          found instanceof Error
            ? clock.now().getTime() + ASK_AGAIN_MS
            : found.expiration.getTime() - RENEW_MS;
      return found;
    } catch (error) {
      answers.delete(arn);
      throw error;
    }
  }

  return {
    async assume(place) {
      const { crossAccountRoleName: name } = options;
      if (name === '')
        return new RemediatorError('CONFIG_INVALID', `There is no role for the account ${place.account}.`);
      const arn = `arn:${partitionOf(place.region)}:iam::${place.account}:role/${name}`;
      const known = answers.get(arn);
      if (known && clock.now().getTime() < known.until) return known.answer;
      const answer = ask(arn, place);
      answers.set(arn, { answer, until: Number.POSITIVE_INFINITY });
      return answer;
    },
  };
}

async function assumeRole(options: Options, arn: string, { account }: Place): Promise<Credentials | Error> {
  const { sts, accountId, crossAccountExternalId } = options;
  try {
    const { Credentials: given } = await sts().send(
      new AssumeRoleCommand({
        RoleArn: arn,
        RoleSessionName: 'remediator',
        Tags: [{ Key: 'remediator:account', Value: accountId }],
        ...(crossAccountExternalId ? { ExternalId: crossAccountExternalId } : {}),
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
  } catch (error) {
    if (isAwsError(error, 'AccessDenied', 'AccessDeniedException')) return error;
    throw error;
  }
}
