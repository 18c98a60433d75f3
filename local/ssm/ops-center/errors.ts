import { AwsError } from '../../aws-error.ts';

/** A value that fits the model of the API, and that OpsCenter refuses for what it says. */
export function invalidParameter(parameter: string, message: string, cause?: unknown): AwsError {
  return new AwsError('OpsItemInvalidParameterException', message, {
    details: { ParameterNames: [parameter] },
    cause,
  });
}

export function opsItemNotFound(opsItemId: string): AwsError {
  return new AwsError('OpsItemNotFoundException', `OpsItem ID ${opsItemId} does not exist`);
}

export function opsItemExists(opsItemId: string): AwsError {
  return new AwsError('OpsItemAlreadyExistsException', `The OpsItem already exists: ${opsItemId}`, {
    details: { OpsItemId: opsItemId },
  });
}

export function opsItemLimitExceeded(limit: number): AwsError {
  return new AwsError(
    'OpsItemLimitExceededException',
    `The account has ${limit} OpsItems, which is the quota`,
    {
      details: { ResourceTypes: ['OpsItem'], Limit: limit, LimitType: 'OpsItems' },
    },
  );
}

export function crossAccount(accountId: string): AwsError {
  return new AwsError(
    'OpsItemAccessDeniedException',
    `OpsItems of account ${accountId} cannot be reached from here: OpsCenter across accounts is not set up`,
  );
}
