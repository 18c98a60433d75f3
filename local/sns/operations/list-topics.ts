import type { QueryOperation } from '../../service.ts';
import { refuseNextToken } from '../input.ts';
import { list, structure, text } from '../shapes.ts';
import type { Topics } from '../topics.ts';

/** ListTopics. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export function listTopics(topics: Topics): QueryOperation {
  return {
    input: structure({ NextToken: text }),
    output: structure({ Topics: list(structure({ TopicArn: text })) }),
    run: (input) => {
      refuseNextToken(input);
      return { Topics: topics.all().map(({ arn }) => ({ TopicArn: arn })) };
    },
  };
}
