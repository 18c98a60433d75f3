import { AwsError } from '../../aws-error.ts';
import type { JsonObject, Operation } from '../../service.ts';
import { optionalStrings, optionalTags, requiredString } from './request.ts';
import type { TagStore } from './tag-store.ts';

const RESOURCE_TYPES = [
  'Document',
  'ManagedInstance',
  'MaintenanceWindow',
  'Parameter',
  'PatchBaseline',
  'OpsItem',
  'OpsMetadata',
  'Automation',
  'Association',
];

/**
 * AddTagsToResource, ListTagsForResource and RemoveTagsFromResource over the shared store.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html
 */
export function createTagOperations(deps: { readonly tags: TagStore }): {
  readonly operations: Readonly<Record<string, Operation>>;
} {
  const { tags } = deps;
  return {
    operations: {
      AddTagsToResource: (input) => {
        const { type, id } = resourceOf(input, tags);
        requireMember(input, 'Tags');
        tags.add(type, id, optionalTags(input, 'Tags', { max: 1000 }));
        return {};
      },
      ListTagsForResource: (input) => {
        const { type, id } = resourceOf(input, tags);
        return { TagList: tags.list(type, id) };
      },
      RemoveTagsFromResource: (input) => {
        const { type, id } = resourceOf(input, tags);
        requireMember(input, 'TagKeys');
        tags.remove(type, id, optionalStrings(input, 'TagKeys', { minLength: 1, maxLength: 128 }));
        return {};
      },
    },
  };
}

function resourceOf(input: JsonObject, tags: TagStore): { type: string; id: string } {
  const type = requiredString(input, 'ResourceType');
  const id = requiredString(input, 'ResourceId');
  if (!RESOURCE_TYPES.includes(type)) {
    throw new AwsError(
      'InvalidResourceType',
      `The resource type ${type} is not valid. Valid types: ${RESOURCE_TYPES.join(', ')}.`,
    );
  }
  if (!tags.exists(type, id)) {
    throw new AwsError('InvalidResourceId', `There is no ${type} with the ID ${id}.`);
  }
  return { type, id };
}

function requireMember(input: JsonObject, name: string): void {
  if (input[name] === undefined) requiredString(input, name);
}
