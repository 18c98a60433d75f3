import type { FunctionDefinition } from '../../../local/service-definition/service-definition.ts';
import { failureQueuesOf } from '../../dlq/stack-queues.ts';
import { type Check, countOf, fail, orPass, warn } from '../check.ts';

/** What could not be handled, and waits for a person. */
export const queues: Check = {
  id: 'failure-queues',
  group: 'Events',
  title: 'failure queues are empty',
  async run({ queues: sqs, stack }) {
    const expected = failureQueuesOf(stack);
    const counted = await Promise.all(
      expected.map(async ({ name, functions }) => {
        const url = await sqs.urlOf(name);
        return { name, functions, count: url === undefined ? undefined : await sqs.count(url) };
      }),
    );
    const wrong = counted.flatMap(({ name, functions, count }) => {
      if (count === undefined) {
        const what = `there is no queue ${name}`;
        // The one of a topic goes with its source.
        return isOfTopic(functions, name)
          ? [warn(what, 'right where alarmTopicSource was switched off on deploying; else deploy again')]
          : [fail(what, 'deploy the stack again, or name another --region, --stage or --service')];
      }
      const messages = count.waiting + count.held;
      if (messages === 0) return [];
      return [
        fail(
          `${countOf(messages, 'message')} in ${name}`,
          `remediator dlq list ${name} says why, remediator dlq redrive ${name} gives them back`,
        ),
      ];
    });
    return orPass(wrong, `${expected.length} failure queues are empty`);
  },
};

function isOfTopic(functions: readonly FunctionDefinition[], name: string): boolean {
  return functions.some(({ topics }) =>
    topics.some(({ deadLetterQueueArn }) => deadLetterQueueArn?.endsWith(`:${name}`)),
  );
}
