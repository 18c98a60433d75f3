import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { profileArn } from '../iam/instance-profiles.ts';
import { text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { newId } from './resource-ids.ts';
import type { Ec2State } from './state.ts';
import type { ProfileAssociationRecord } from './storage-state.ts';

/** How EC2 is told of an instance profile: by its ARN, or its name. */
export const profileSpecification = z.strictObject({ Arn: text.optional(), Name: text.optional() });

export type ProfileRef = ProfileAssociationRecord['profile'];

/**
 * The instance profile that is meant: it has to exist in IAM, and to have a role. An ARN and a name can be given
 * together where they mean the same one.
 * @throws AwsError MissingParameter, InvalidParameterCombination, InvalidParameterValue
 */
export function resolveProfile(
  { Arn, Name }: z.output<typeof profileSpecification>,
  { state, accountId }: MemoryContext,
): ProfileRef {
  if (Arn === undefined && Name === undefined) {
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter iamInstanceProfile.arn or name',
    );
  }
  if (Arn !== undefined && Name !== undefined && Arn.split('/').at(-1) !== Name) {
    throw new AwsError(
      'InvalidParameterCombination',
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    );
  }
  const [member, value] = Arn === undefined ? ['name', Name] : ['arn', Arn];
  const invalid = (reason: string) =>
    new AwsError(
      'InvalidParameterValue',
      `Value (${value}) for parameter iamInstanceProfile.${member} is invalid. ${reason}`,
    );
  const profile = [...state.iam.instanceProfiles.values()].find(
    (each) => each.profileName === Name || profileArn(each, accountId) === Arn,
  );
  if (profile === undefined) {
    throw invalid(`Invalid IAM Instance Profile ${member === 'arn' ? 'ARN' : 'name'}`);
  }
  const arn = profileArn(profile, accountId);
  if (profile.roleName === undefined) {
    throw invalid(`IAM Instance Profile "${arn}" has no associated IAM Roles`);
  }
  return { arn, id: profile.profileId };
}

/** Gives an instance a profile. The caller has checked that it has none. */
export function associateProfile(
  instanceId: string,
  profile: ProfileRef,
  context: MemoryContext,
): ProfileAssociationRecord {
  const associationId = newId({ prefix: 'iip-assoc' }, context);
  const record = { associationId, instanceId, profile, timestamp: context.clock.now() };
  context.state.ec2.profileAssociations.set(associationId, record);
  return record;
}

/** The association of an instance; there is at most one. */
export function associationOf(instanceId: string, state: Ec2State): ProfileAssociationRecord | undefined {
  return [...state.profileAssociations.values()].find((each) => each.instanceId === instanceId);
}

export function profileOf(instanceId: string, state: Ec2State): ProfileRef | undefined {
  return associationOf(instanceId, state)?.profile;
}

/** @throws AwsError InvalidAssociationID.NotFound */
export function requireAssociation(associationId: string, state: Ec2State): ProfileAssociationRecord {
  const association = state.profileAssociations.get(associationId);
  if (association) return association;
  throw new AwsError(
    'InvalidAssociationID.NotFound',
    `An invalid association-id of '${associationId}' was given`,
  );
}

/** Answers name the state that AWS would pass through; from the next call on it is over. */
export function viewProfileAssociation(
  record: ProfileAssociationRecord,
  state: 'associating' | 'associated' | 'disassociating',
): JsonObject {
  return {
    AssociationId: record.associationId,
    InstanceId: record.instanceId,
    IamInstanceProfile: { Arn: record.profile.arn, Id: record.profile.id },
    State: state,
    Timestamp: record.timestamp,
  };
}
