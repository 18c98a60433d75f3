import { AwsError } from '../../aws-error.ts';

/** The error that EventBridge answers a pattern with that it cannot read. */
export function invalidPattern(reason: string, cause?: unknown): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`, {
    cause,
  });
}
