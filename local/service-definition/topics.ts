import { z } from 'zod';
import { fromZodError } from './errors.ts';
import { evaluate, type IntrinsicContext, valuesOf } from './intrinsics.ts';
import type { TopicDefinition } from './service-definition.ts';
import type { Resource } from './template.ts';

const topicSchema = z.looseObject({
  DisplayName: z.string().default(''),
  KmsMasterKeyId: z.string().optional(),
  FifoTopic: z
    .literal([false, 'false'], { error: "FIFO topics are not supported by the laptop's cloud" })
    .optional(),
});

/** @throws ServiceDefinitionError for a topic that the laptop's cloud does not have */
export function readTopic({ logicalId, properties }: Resource, context: IntrinsicContext): TopicDefinition {
  const place = `resources.${logicalId}`;
  const { DisplayName, KmsMasterKeyId, FifoTopic } = properties;
  const relevant = evaluate({ DisplayName, KmsMasterKeyId, FifoTopic }, place, context);
  const parsed = topicSchema.safeParse(relevant);
  if (!parsed.success) throw fromZodError(place, parsed.error);
  const { ref, attributes } = valuesOf(logicalId, place, context);
  return {
    logicalId,
    name: attributes.TopicName ?? '',
    arn: ref,
    displayName: parsed.data.DisplayName,
    kmsMasterKeyId: parsed.data.KmsMasterKeyId,
  };
}
