import type { JsonObject } from '../service.ts';
import { invalidParameter } from './sns-error.ts';

/** @throws AwsError InvalidParameter */
export function requireTopicArn({ TopicArn }: JsonObject): string {
  if (typeof TopicArn === 'string') return TopicArn;
  throw invalidParameter('TopicArn Reason: no value for required parameter');
}

/** Lists have one page here: a token of another page is none of ours. @throws AwsError InvalidParameter */
export function refuseNextToken({ NextToken }: JsonObject): void {
  if (NextToken !== undefined) throw invalidParameter('NextToken');
}
