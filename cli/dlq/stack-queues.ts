import type {
  FunctionDefinition,
  ServiceDefinition,
} from '../../local/service-definition/service-definition.ts';

/** A failure queue of the stack, or another that a person named. */
export interface FailureQueue {
  /** As SQS knows it. */
  readonly name: string;
  /** The functions whose failures go there; none of a queue that is not the stack's. */
  readonly functions: readonly FunctionDefinition[];
}

/** The queues that some function's failures go to, in the order of the template. */
export function failureQueuesOf({ queues, functions }: ServiceDefinition): readonly FailureQueue[] {
  return queues
    .map(({ name, arn }) => ({
      name,
      functions: functions.filter((fn) => failureQueueArns(fn).includes(arn)),
    }))
    .filter(({ functions: senders }) => senders.length > 0);
}

/** The queue that a person means: by its name, with or without what all of the stack's begin with. */
export function queueNamed(stack: ServiceDefinition, text: string): FailureQueue {
  const full = `${stack.stackName}-${text}`;
  const known = failureQueuesOf(stack).find(({ name }) => name === text || name === full);
  return known ?? { name: text, functions: [] };
}

function failureQueueArns(fn: FunctionDefinition): readonly (string | undefined)[] {
  return [
    fn.asyncConfig.onFailureQueueArn,
    ...fn.eventRules.map(({ deadLetterQueueArn }) => deadLetterQueueArn),
    ...fn.streams.map(({ onFailureQueueArn }) => onFailureQueueArn),
    ...fn.topics.map(({ deadLetterQueueArn }) => deadLetterQueueArn),
  ];
}
