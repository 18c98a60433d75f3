import { z } from 'zod';
import { isDeployed, type ReadContext, readQueueArn } from './deployed.ts';
import { ServiceDefinitionError } from './errors.ts';
import { type EventReader, parseEvent } from './event-reader.ts';
import { valuesOf } from './intrinsics.ts';
import { snsLogicalIds } from './logical-ids.ts';

const arn = z
  .string()
  .regex(/^arn:[^:]*:sns:[^:]*:[^:]*:[^:]+$/, "expected the ARN of one of the service's topics");

/** https://www.serverless.com/framework/docs/providers/aws/events/sns; filter policies are refused as unknown. */
const snsSchema = z.strictObject({
  arn,
  topicName: z.string().optional(),
  redrivePolicy: z
    .union(
      [
        z.strictObject({ deadLetterTargetArn: z.string() }),
        z.strictObject({ deadLetterTargetRef: z.string() }),
      ],
      { error: 'expected deadLetterTargetArn or deadLetterTargetRef' },
    )
    .optional(),
});

/**
 * A subscription of the function to a topic of the service. Serverless Framework can switch none off, so that is left
 * to a condition on its subscription, under `resources.extensions`.
 */
export const sns: EventReader = (value, { place, name, context }, { topics }) => {
  const event = parseEvent(snsSchema, typeof value === 'string' ? { arn: value } : value, place);
  const { subscription } = snsLogicalIds(name, event.topicName ?? event.arn.split(':').at(-1) ?? '');
  if (!isDeployed(context.template.extensions.get(subscription), place, context)) return;
  if (!context.topics.some((topic) => topic.arn === event.arn)) {
    throw new ServiceDefinitionError(`${place}.arn`, `the service has no topic '${event.arn}'`);
  }
  topics.push({
    topicArn: event.arn,
    deadLetterQueueArn: deadLetterQueue(event.redrivePolicy, `${place}.redrivePolicy`, context),
  });
};

function deadLetterQueue(
  policy: z.infer<typeof snsSchema>['redrivePolicy'],
  place: string,
  context: ReadContext,
): string | undefined {
  if (policy === undefined) return undefined;
  if ('deadLetterTargetArn' in policy) return readQueueArn(policy.deadLetterTargetArn, place, context);
  const { Arn } = valuesOf(policy.deadLetterTargetRef, place, context).attributes;
  return readQueueArn(Arn ?? policy.deadLetterTargetRef, place, context);
}
