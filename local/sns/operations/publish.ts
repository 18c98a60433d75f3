import { AwsError } from '../../aws-error.ts';
import type { QueryOperation } from '../../service.ts';
import { readMessage } from '../message.ts';
import { MESSAGE_MEMBERS, structure, text } from '../shapes.ts';
import { invalidParameter } from '../sns-error.ts';
import type { Topics } from '../topics.ts';

/** Publish. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function publish(topics: Topics): QueryOperation {
  return {
    input: structure({ TopicArn: text, TargetArn: text, PhoneNumber: text, ...MESSAGE_MEMBERS }),
    output: structure({ MessageId: text }),
    run: (input) => {
      if (input.PhoneNumber !== undefined) {
        throw new AwsError('UnsupportedOperation', 'Text messages to telephones are not sent here');
      }
      const message = readMessage(input);
      const arn = input.TopicArn ?? input.TargetArn;
      if (typeof arn !== 'string') {
        throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
      }
      return { MessageId: topics.publish(topics.get(arn), message) };
    },
  };
}
