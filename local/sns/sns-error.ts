import { AwsError } from '../aws-error.ts';

/** @param what follows `Invalid parameter: `, as SNS words it */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

export function topicDoesNotExist(): AwsError {
  return new AwsError('NotFound', 'Topic does not exist', { statusCode: 404 });
}
