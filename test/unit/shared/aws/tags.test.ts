import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTags } from '../../../../shared/aws/tags.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, GROUP_ARN, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());
beforeEach(() => {
  aws.requests.length = 0;
});

function create() {
  return createTags(
    ({ region }) =>
      new ResourceGroupsTaggingAPIClient({
        region,
        endpoint: aws.url,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      }),
  );
}

describe('tags of a resource', () => {
  it('asks for the one ARN', async () => {
    aws.answer = () => ({
      ResourceTagMappingList: [
        { ResourceARN: GROUP_ARN, Tags: [{ Key: 'automaticRemediation', Value: 'True' }] },
      ],
    });
    expect(await create().of(GROUP_ARN, PLACE)).toEqual({ automaticRemediation: 'True' });
    expect(aws.requests).toEqual([{ operation: 'GetResources', body: { ResourceARNList: [GROUP_ARN] } }]);
  });

  it('a resource that is not in the answer has none, and none of another resource', async () => {
    aws.answer = () => ({
      ResourceTagMappingList: [
        { ResourceARN: `${GROUP_ARN}x`, Tags: [{ Key: 'automaticRemediation', Value: 'True' }] },
      ],
    });
    expect(await create().of(GROUP_ARN, PLACE)).toEqual({});
  });

  it.each(['InvalidParameterException', 'ValidationException'])(
    '%s: the API will never take this ARN, so nobody waits for it',
    async (code) => {
      aws.answer = () => new AwsFault(code);
      expect(await create().of('arn:aws:x:::y', PLACE)).toBeUndefined();
    },
  );

  it.each(['ThrottledException', 'InternalServiceException', 'AccessDeniedException'])(
    '%s is thrown: never "no tags", never "tagged"',
    async (code) => {
      aws.answer = () => new AwsFault(code);
      await expect(create().of(GROUP_ARN, PLACE)).rejects.toMatchObject({ name: code });
    },
  );
});
