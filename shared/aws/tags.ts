import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../ports.ts';
import type { ForRegion } from './clients.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export function createTags(tagging: ForRegion<ResourceGroupsTaggingAPIClient>): Tags {
  return {
    async of(resourceArn, { region }) {
      const { ResourceTagMappingList = [] } = await tagging(region).send(
        new GetResourcesCommand({ ResourceARNList: [resourceArn] }),
      );
      const found = ResourceTagMappingList.find(({ ResourceARN }) => ResourceARN === resourceArn);
      return Object.fromEntries((found?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    },
  };
}
