import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { JsonObject } from '../../service.ts';
import type { Account, AccountCall } from '../account.ts';
import { canonicalService } from '../service-names.ts';
import { answerHttp } from '../wire/answer-http.ts';
import { emptyAutoScalingState } from './autoscaling/state.ts';
import { emptyCloudTrailState } from './cloudtrail/state.ts';
import { emptyConfigState } from './config/state.ts';
import { createDefaultNetwork } from './ec2/network.ts';
import { emptyEc2State } from './ec2/state.ts';
import { asOneAccount } from './every-account.ts';
import { emptyIamState } from './iam/state.ts';
import { emptyKmsState } from './kms/state.ts';
import type { MemoryContext } from './operation.ts';
import { findOperation, hasService } from './registry.ts';
import { emptyS3State } from './s3/state.ts';
import { type AccountSeed, plantSeed } from './seed.ts';

export interface MemoryAccountOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Twelve digits. */
  readonly accountId: string;
  /** Where the default network was created. @default 'us-east-1' */
  readonly region?: string;
  /** Whether it is every account: ARNs of others then name its own resources. @default false */
  readonly isEveryAccount?: boolean;
}

export interface MemoryAccount extends Account {
  /**
   * Puts resources with IDs of one's own choice into the account, for demos and tests.
   * @throws AwsError where an ID is malformed or taken, or a group or subnet that is named does not exist
   */
  seed(seed: AccountSeed): void;
}

/** An AWS account in memory: security groups, instances, network interfaces, tags. It ends with the process. */
export function createMemoryAccount(options: MemoryAccountOptions): MemoryAccount {
  const { clock, ids, accountId, region: home = 'us-east-1' } = options;
  const state = {
    autoscaling: emptyAutoScalingState(),
    cloudtrail: emptyCloudTrailState(),
    config: emptyConfigState(),
    ec2: emptyEc2State(),
    iam: emptyIamState(),
    kms: emptyKmsState(),
    s3: emptyS3State(),
  };
  const contextIn = (region: string): MemoryContext => ({ state, accountId, region, clock, ids });
  createDefaultNetwork(contextIn(home));

  async function call({ service, operation, input, region }: AccountCall) {
    const name = canonicalService(service);
    const found = findOperation(name, operation);
    if (found === undefined) throw unknownOperation(name, operation);
    // Callers get copies, so that nobody changes the account's state, or another's answer, by the way.
    const ask = (asked: JsonObject) => structuredClone(found.run(structuredClone(asked), contextIn(region)));
    return options.isEveryAccount ? asOneAccount({ accountId, ask }, { service: name, input }) : ask(input);
  }

  return {
    call,
    handleHttp: (request) => answerHttp(request, { call, ids }),
    seed: (seed) => plantSeed(seed, contextIn(home)),
    close: async () => undefined,
  };
}

function unknownOperation(service: string, operation: string): AwsError {
  const remedy = 'use --account URL for an endpoint that has it (moto, LocalStack)';
  return hasService(service)
    ? new AwsError(
        'InvalidAction',
        `The action ${operation} is not valid for this web service: the in-memory account has no ${service}:${operation}; ${remedy}.`,
      )
    : new AwsError(
        'NotImplemented',
        `The in-memory account has no service ${service}, so ${service}:${operation} cannot be answered; ${remedy}.`,
        { statusCode: 501 },
      );
}
