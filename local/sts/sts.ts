import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { Callers } from '../functions/callers.ts';
import type { QueryOperation, QueryService } from '../service.ts';
import { list, structure, text } from '../sns/shapes.ts';

export interface StsDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly callers: Callers;
}

/**
 * The part of STS that functions ask: roles in other accounts. On the laptop every account is the one account, so the
 * credentials of a role elsewhere are those that the function has. Whatever others ask of STS is the account's to answer.
 */
export function createSts(deps: StsDeps): QueryService {
  return {
    signingName: 'sts',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    isFor: (accessKeyId) => deps.callers.functionOf(accessKeyId) !== undefined,
    operations: { AssumeRole: assumeRole(deps) },
  };
}

const ROLE = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})$/;
const HOUR_MS = 3_600_000;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function assumeRole({ clock, callers }: StsDeps): QueryOperation {
  return {
    input: structure({
      RoleArn: text,
      RoleSessionName: text,
      ExternalId: text,
      DurationSeconds: text,
      Tags: list(structure({ Key: text, Value: text })),
    }),
    output: structure({
      Credentials: structure({
        AccessKeyId: text,
        SecretAccessKey: text,
        SessionToken: text,
        Expiration: text,
      }),
      AssumedRoleUser: structure({ Arn: text, AssumedRoleId: text }),
    }),
    run: ({ RoleArn, RoleSessionName }, { principalArn }) => {
      const [, account, role] = ROLE.exec(String(RoleArn)) ?? [];
      if (!account || !RoleSessionName) {
        throw new AwsError('ValidationError', `${RoleArn} is invalid, or RoleSessionName is not there`);
      }
      return {
        Credentials: {
          AccessKeyId: callers.keyOfPrincipal(principalArn),
          SecretAccessKey: 'laptop',
          SessionToken: `${account}/${role}`,
          Expiration: new Date(clock.now().getTime() + HOUR_MS).toISOString(),
        },
        AssumedRoleUser: {
          Arn: `arn:aws:sts::${account}:assumed-role/${role}/${RoleSessionName}`,
          AssumedRoleId: `AROALOCALROLELOCALROL:${RoleSessionName}`,
        },
      };
    },
  };
}
