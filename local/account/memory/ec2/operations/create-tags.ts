import { z } from 'zod';
import { tag, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireTaggable } from '../resource-ids.ts';
import { assertTaggable, putTags } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html */
export const createTags = ec2Operation({
  input: { Resources: texts.min(1), Tags: z.array(tag).min(1) },
  run: ({ Resources, Tags }, { state: { ec2 } }) => {
    for (const id of Resources) {
      requireTaggable(id, ec2);
      assertTaggable(Tags, ec2.tags.get(id));
    }
    for (const id of Resources) putTags(ec2, id, Tags);
    return {};
  },
});
