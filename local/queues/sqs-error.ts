import { AwsError } from '../aws-error.ts';

/**
 * An error of SQS: the code of the JSON protocol, and the older one of the query protocol, which SDKs still match on
 * (header `x-amzn-query-error`).
 */
export class SqsError extends AwsError {
  readonly queryErrorCode: string;

  constructor(shape: string, message: string, queryErrorCode: string = shape) {
    super(`com.amazonaws.sqs#${shape}`, message);
    this.queryErrorCode = queryErrorCode;
  }
}

export function queueDoesNotExist(): SqsError {
  return new SqsError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    'AWS.SimpleQueueService.NonExistentQueue',
  );
}

export function invalidReceiptHandle(): SqsError {
  return new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
}

export function missingParameter(name: string): SqsError {
  return new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

export function invalidParameterValue(name: string, reason: string): SqsError {
  return new SqsError('InvalidParameterValue', `Value for parameter ${name} is invalid. Reason: ${reason}.`);
}
