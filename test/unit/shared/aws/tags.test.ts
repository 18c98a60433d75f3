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

  it('asks for up to 100 in one call, and answers each', async () => {
    const arns = Array.from({ length: 150 }, (_, n) => `${GROUP_ARN}${n}`);
    aws.answer = ({ body }) => ({
      ResourceTagMappingList: (body.ResourceARNList as string[]).map((ResourceARN) => ({
        ResourceARN,
        Tags: [{ Key: 'arn', Value: ResourceARN }],
      })),
    });
    const tags = create();
    const found = await Promise.all([...arns, arns[0] ?? ''].map((arn) => tags.of(arn, PLACE)));
    expect(found).toEqual([...arns, arns[0]].map((arn) => ({ arn })));
    expect(aws.requests.map(({ body }) => (body.ResourceARNList as string[]).length)).toEqual([100, 51]);
  });

  it('does not ask for resources of different places together', async () => {
    aws.answer = () => ({ ResourceTagMappingList: [] });
    const tags = create();
    await Promise.all([
      tags.of(GROUP_ARN, PLACE),
      tags.of(GROUP_ARN, { ...PLACE, region: 'us-east-1' }),
      tags.of(GROUP_ARN, { ...PLACE, account: '999999999999' }),
    ]);
    expect(aws.requests).toHaveLength(3);
  });

  it.each(['role/admin', 'user/ada', 'policy/p', 'instance-profile/i'])(
    'does not take for untagged what the API never tells: %s of IAM',
    async (resource) => {
      aws.answer = () => ({ ResourceTagMappingList: [] });
      expect(await create().of(`arn:aws:iam::${ACCOUNT}:${resource}`, PLACE)).toBeUndefined();
      expect(aws.requests).toEqual([]);
    },
  );

  it('asks for what is in no region where the API tells it, and only where that is known', async () => {
    const regions: string[] = [];
    aws.answer = () => ({ ResourceTagMappingList: [] });
    const tags = createTags(({ region }) => {
      regions.push(region);
      return new ResourceGroupsTaggingAPIClient({
        region,
        endpoint: aws.url,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
    });
    const place = { ...PLACE, region: 'eu-west-1' };
    const of = (arn: string) => tags.of(arn, place);
    expect(await of(`arn:aws:cloudfront::${ACCOUNT}:distribution/E1`)).toEqual({});
    expect(await of('arn:aws:route53:::hostedzone/Z1')).toEqual({});
    expect(await of('arn:aws:s3:::bucket')).toEqual({});
    expect(await of(`arn:aws-cn:cloudfront::${ACCOUNT}:distribution/E1`)).toBeUndefined();
    expect(await of(`arn:aws:globalaccelerator::${ACCOUNT}:accelerator/a`)).toBeUndefined();
    expect(regions).toEqual(['us-east-1', 'us-east-1', 'eu-west-1']);
  });

  it('one strange ARN among many spoils none of the others', async () => {
    aws.answer = ({ body }) =>
      (body.ResourceARNList as string[]).includes('arn:aws:x:::y')
        ? new AwsFault('InvalidParameterException')
        : { ResourceTagMappingList: [{ ResourceARN: GROUP_ARN, Tags: [{ Key: 'a', Value: 'b' }] }] };
    const tags = create();
    expect(await Promise.all([GROUP_ARN, 'arn:aws:x:::y'].map((arn) => tags.of(arn, PLACE)))).toEqual([
      { a: 'b' },
      undefined,
    ]);
  });

  it('a call that fails fails for all that it was for', async () => {
    aws.answer = () => new AwsFault('ThrottledException');
    const tags = create();
    const asked = await Promise.allSettled([1, 2].map((n) => tags.of(`${GROUP_ARN}${n}`, PLACE)));
    expect(asked).toMatchObject(
      Array(2).fill({ status: 'rejected', reason: { name: 'ThrottledException' } }),
    );
  });

  it('a place that cannot be reached at all fails for who asked, and nobody else', async () => {
    const tags = createTags(() => {
      throw new Error('no credentials');
    });
    await expect(tags.of(GROUP_ARN, PLACE)).rejects.toThrow('no credentials');
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
