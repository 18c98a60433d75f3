import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../ports.ts';
import type { ForPlace } from './clients.ts';
import { isAwsError } from './errors.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export function createTags(tagging: ForPlace<ResourceGroupsTaggingAPIClient>): Tags {
  return {
    async of(resourceArn, place) {
      try {
        const { ResourceTagMappingList = [] } = await tagging(place).send(
          new GetResourcesCommand({ ResourceARNList: [resourceArn] }),
        );
        const found = ResourceTagMappingList.find(({ ResourceARN }) => ResourceARN === resourceArn);
        return Object.fromEntries((found?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      } catch (error) {
        // Services that the API does not know, and texts that only look like an ARN.
        if (isAwsError(error, 'InvalidParameterException', 'ValidationException')) return undefined;
        throw error;
      }
    },
  };
}
