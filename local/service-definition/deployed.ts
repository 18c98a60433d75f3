import { evaluateCondition } from './conditions.ts';
import { ServiceDefinitionError } from './errors.ts';
import { conditionScope, evaluate, type IntrinsicContext } from './intrinsics.ts';
import type { QueueDefinition, TableDefinition, TopicDefinition } from './service-definition.ts';

/** What functions are read in: the template, and the tables, queues and topics that exist in it. */
export interface ReadContext extends IntrinsicContext {
  readonly directory: string;
  readonly service: string;
  readonly stage: string;
  readonly tables: readonly TableDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly topics: readonly TopicDefinition[];
}

/** A resource without a condition, or whose condition holds or cannot be told on a laptop. */
export function isDeployed(condition: string | undefined, place: string, context: IntrinsicContext): boolean {
  if (condition === undefined) return true;
  return evaluateCondition({ Condition: condition }, place, conditionScope(context)) !== false;
}

/**
 * The ARN of a failure queue, written as an ARN, an intrinsic function, or `{ type: sqs, arn }`.
 * @throws ServiceDefinitionError for a destination of another kind, or a queue that the service does not have
 */
export function readQueueArn(value: unknown, place: string, context: ReadContext): string | undefined {
  const evaluated = evaluate(value, place, context);
  if (evaluated === undefined) return undefined;
  const destination = typeof evaluated === 'object' && evaluated !== null ? evaluated : { arn: evaluated };
  const arn = 'arn' in destination ? destination.arn : undefined;
  const type = 'type' in destination ? destination.type : undefined;
  if (typeof arn !== 'string' || !arn.startsWith('arn:')) {
    throw new ServiceDefinitionError(
      place,
      `expected the ARN of a queue, found ${JSON.stringify(evaluated)}`,
    );
  }
  if ((type !== undefined && type !== 'sqs') || arn.split(':')[2] !== 'sqs') {
    throw new ServiceDefinitionError(
      place,
      "only queues are supported as a failure destination by the laptop's cloud",
    );
  }
  if (!context.queues.some((queue) => queue.arn === arn)) {
    throw new ServiceDefinitionError(place, `the service has no queue '${arn}'`);
  }
  return arn;
}
