import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { parseArn } from '../domain/finding.ts';
import type { Place, Tags } from '../ports.ts';
import type { ForPlace } from './clients.ts';
import { isAwsError } from './errors.ts';

type Found = Readonly<Record<string, string>> | undefined;

interface Wish {
  readonly arn: string;
  readonly answer: PromiseWithResolvers<Found>;
}

type Client = () => ResourceGroupsTaggingAPIClient;

/** The most that one call takes. */
const MOST = 100;

/** Whose resources are everywhere, and whose tags only one region tells. */
const EVERYWHERE = ['cloudfront', 'route53'];
const HOME_OF_EVERYWHERE = 'us-east-1';

/**
 * What is asked for in the same turn is asked for in one call: a storm has thousands of resources.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function createTags(tagging: ForPlace<ResourceGroupsTaggingAPIClient>): Tags {
  const waiting = new Map<string, Wish[]>();
  return {
    async of(arn, asked) {
      const place = placeOf(arn, asked);
      if (place === undefined) return undefined;
      const key = `${place.account} ${place.region}`;
      const wishes = waiting.get(key);
      const wish = { arn, answer: Promise.withResolvers<Found>() };
      if (wishes) wishes.push(wish);
      else {
        waiting.set(key, [wish]);
        queueMicrotask(() => {
          const all = waiting.get(key) ?? [];
          waiting.delete(key);
          for (let from = 0; from < all.length; from += MOST)
            void grant(() => tagging(place), all.slice(from, from + MOST));
        });
      }
      return wish.answer.promise;
    },
  };
}

/**
 * Where the tagging API knows a resource. It shows no resource that it does not know, nor one without tags: asked in
 * another region, or about roles and users, its answer looks like "no tags", which would exempt nobody.
 * @returns undefined: nowhere, or nobody documents where
 */
function placeOf(arn: string, place: Place): Place | undefined {
  const { partition, service = '', region } = parseArn(arn) ?? {};
  // An ARN of a bucket names no region, and the bucket has one: the finding's.
  if (region !== '' || service === 's3') return place;
  return partition === 'aws' && EVERYWHERE.includes(service)
    ? { ...place, region: HOME_OF_EVERYWHERE }
    : undefined;
}

/** Answers each wish, or fails it; never fails itself. */
async function grant(client: Client, wishes: readonly Wish[]): Promise<void> {
  try {
    const found = await read(client(), [...new Set(wishes.map(({ arn }) => arn))]);
    for (const { arn, answer } of wishes) answer.resolve(found.get(arn) ?? {});
  } catch (error) {
    // Services that the API does not know, and texts that only look like an ARN.
    const isStrange = isAwsError(error, 'InvalidParameterException', 'ValidationException');
    const [wish, ...others] = wishes;
    if (!isStrange) for (const { answer } of wishes) answer.reject(error);
    else if (others.length === 0) wish?.answer.resolve(undefined);
    // One of them is, and which is not said.
    else for (const each of wishes) await grant(client, [each]);
  }
}

async function read(client: ResourceGroupsTaggingAPIClient, ResourceARNList: string[]) {
  const { ResourceTagMappingList = [] } = await client.send(new GetResourcesCommand({ ResourceARNList }));
  return new Map(
    ResourceTagMappingList.map(({ ResourceARN = '', Tags = [] }) => [
      ResourceARN,
      Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ]),
  );
}
