import { AwsError } from '../../../aws-error.ts';
import type { Tag } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import type { TagSource } from '../tagging/tag-source.ts';
import { arnOf, assertExists, kindOf, type ResourceKind } from './resource-ids.ts';
import { assertTaggable, putTags } from './tags.ts';

/** EC2's resources as the Resource Groups Tagging API sees them. */
export const ec2TagSource: TagSource = {
  service: 'ec2',
  *tagged(context) {
    const { ec2 } = context.state;
    for (const [id, tags] of ec2.tags) {
      const kind = kindOf(id);
      const region = kind?.regionOf(ec2, id);
      if (kind === undefined || region === undefined) continue;
      yield {
        arn: arnOf(kind, id, { region, accountId: context.accountId }),
        resourceType: `ec2:${kind.resourceType}`,
        tags,
      };
    }
  },
  tag(arn, tags, context) {
    const { id } = resolve(arn, context);
    const added: Tag[] = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    assertTaggable(added, context.state.ec2.tags.get(id));
    putTags(context.state.ec2, id, added);
  },
  untag(arn, keys, context) {
    const { id } = resolve(arn, context);
    for (const key of keys) context.state.ec2.tags.get(id)?.delete(key);
  },
};

function resolve(arn: string, { state, accountId }: MemoryContext): { kind: ResourceKind; id: string } {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const kind = kindOf(id);
  if (kind === undefined) throw new AwsError('InvalidParameterException', `The ARN ${arn} is not supported.`);
  assertExists(kind, id, state.ec2);
  const region = kind.regionOf(state.ec2, id) ?? '';
  const actual = arnOf(kind, id, { region, accountId });
  if (actual === arn) return { kind, id };
  throw new AwsError('InvalidParameterException', `The ARN ${arn} names nothing: ${id} is ${actual}.`);
}
