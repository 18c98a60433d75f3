import { describe, expect, it } from 'vitest';
import { asOneAccount } from '../../../../../local/account/memory/every-account.ts';
import { createMemoryAccount } from '../../../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../../../local/clock.ts';
import { randomIds } from '../../../../../local/ids.ts';

const OWN = '123456789012';
const region = 'us-east-1';

/** What the account was asked, and what it said to that. */
function ask(service: string, input: Record<string, unknown>) {
  const asked: unknown[] = [];
  const answer = asOneAccount(
    {
      accountId: OWN,
      ask: (each) => {
        asked.push(each);
        return { ...each, [String(each.key)]: 1 };
      },
    },
    { service, input },
  );
  return { asked: asked[0], answer };
}

describe('a resource of another account', () => {
  it('is the one of that name here, and the answer has the name that was asked for', () => {
    const input = {
      key: 'arn:aws:kms:us-east-1:111122223333:key/1',
      list: [{ deep: 'arn:aws-cn:kms:cn-north-1:444455556666:key/2' }],
      at: new Date(0),
    };
    const { asked, answer } = ask('kms', input);
    expect(asked).toEqual({
      key: `arn:aws:kms:us-east-1:${OWN}:key/1`,
      list: [{ deep: `arn:aws-cn:kms:cn-north-1:${OWN}:key/2` }],
      at: new Date(0),
    });
    expect(answer).toEqual({ ...input, 'arn:aws:kms:us-east-1:111122223333:key/1': 1 });
  });

  it.each([
    ['a principal', 'arn:aws:iam::111122223333:role/x'],
    ['a policy of AWS', 'arn:aws:kms::aws:policy/x'],
    ['a bucket', 'arn:aws:s3:::logs'],
    ['a text that has an ARN in it', '{"AWS": "arn:aws:kms:us-east-1:111122223333:key/1"}'],
  ])('%s stays as it is', (_what, text) => {
    expect(ask('kms', { text }).asked).toEqual({ text });
  });
});

describe.each([
  [true, { owner: 'alice' }],
  [false, undefined],
])('an account that is every account: %s', (isEveryAccount, tags) => {
  it(`has ${JSON.stringify(tags)} for the tags of another account's group`, async () => {
    const account = createMemoryAccount({
      clock: systemClock,
      ids: randomIds,
      accountId: OWN,
      isEveryAccount,
    });
    const { GroupId } = await account.call({
      service: 'ec2',
      operation: 'CreateSecurityGroup',
      input: {
        GroupName: 'g',
        Description: 'd',
        TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'owner', Value: 'alice' }] }],
      },
      region,
    });
    const arn = `arn:aws:ec2:us-east-1:111122223333:security-group/${GroupId}`;
    const { ResourceTagMappingList } = await account.call({
      service: 'resourcegroupstaggingapi',
      operation: 'GetResources',
      input: { ResourceARNList: [arn] },
      region,
    });
    expect(ResourceTagMappingList).toEqual(
      tags ? [{ ResourceARN: arn, Tags: [{ Key: 'owner', Value: 'alice' }] }] : [],
    );
  });
});
