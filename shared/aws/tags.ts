import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../ports.ts';
import type { ForRegion } from './clients.ts';
import { isAwsError } from './errors.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export function createTags(tagging: ForRegion<ResourceGroupsTaggingAPIClient>): Tags {
  return {
    async of(resourceArn, { region }) {
      try {
        const { ResourceTagMappingList = [] } = await tagging(region).send(
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
