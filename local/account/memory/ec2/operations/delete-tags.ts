import { z } from 'zod';
import { text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireTaggable } from '../resource-ids.ts';

/**
 * A tag given with a value is removed only where it has that value; without tags, all are removed.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html
 */
export const deleteTags = ec2Operation({
  input: {
    Resources: texts.min(1),
    Tags: z.array(z.strictObject({ Key: text, Value: text.optional() })).optional(),
  },
  run: ({ Resources, Tags }, { state: { ec2 } }) => {
    for (const id of Resources) requireTaggable(id, ec2);
    for (const id of Resources) {
      const held = ec2.tags.get(id);
      for (const { Key, Value } of Tags ?? [...(held?.keys() ?? [])].map(anyValue)) {
        if (Value === undefined || held?.get(Key) === Value) held?.delete(Key);
      }
    }
    return {};
  },
});

function anyValue(Key: string): { Key: string; Value: string | undefined } {
  return { Key, Value: undefined };
}
