import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../local/account/memory/memory-account.ts';
import { systemClock } from '../../local/clock.ts';
import { randomIds } from '../../local/ids.ts';
import { type ServedAccount, serveAccount } from '../contract/account/serve-account.ts';
import { type AwsCommands, commandsOf, findAwsClis, requireAwsCli } from '../helpers/aws-cli.ts';

const clis = await findAwsClis();

/** Both CLIs, since they frame what they upload each in their own way. */
describe.each([1, 2] as const)('S3, CloudTrail and KMS by AWS CLI %i', (major) => {
  const cli = clis.get(major);
  let served: ServedAccount;
  let aws: AwsCommands;
  let folder: string;

  beforeAll(async () => {
    served = await serveAccount(
      createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: '012345678901' }),
    );
    folder = await mkdtemp(join(tmpdir(), 's3-cli-'));
    if (cli) aws = commandsOf(cli, served.endpoint);
  });

  afterAll(async () => {
    await aws?.[Symbol.asyncDispose]();
    await served[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const test = it.skipIf(cli === undefined && !requireAwsCli);

  test('files go up, are listed, come down and are deleted', { timeout: 60_000 }, async () => {
    const [up, down] = [join(folder, 'up.bin'), join(folder, 'down.bin')];
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    await writeFile(up, content);
    const uri = 's3://files/a folder/grüße +%.bin';
    await aws.text('s3 mb s3://files');
    await aws.text('s3 cp --only-show-errors', up, uri);
    expect(await aws.text('s3 ls', 's3://files/a folder/')).toContain('300000 grüße +%.bin');
    await aws.text('s3 cp --only-show-errors', uri, down);
    expect(content.equals(await readFile(down))).toBe(true);
    const large = Buffer.alloc(20 * 1024 * 1024, content);
    await writeFile(up, large);
    await aws.text('s3 cp --only-show-errors', up, 's3://files/large.bin');
    await aws.text('s3 cp --only-show-errors s3://files/large.bin s3://files/copy.bin');
    await aws.text('s3 cp --only-show-errors s3://files/copy.bin', down);
    expect(large.equals(await readFile(down))).toBe(true);
    await aws.text('s3 rb s3://files --force');
    await aws.refused('404', 's3api head-bucket --bucket files');
  });

  test('a bucket is closed to the public', { timeout: 60_000 }, async () => {
    await aws.json('s3api create-bucket --bucket open --object-ownership ObjectWriter');
    await aws.text('s3api delete-public-access-block --bucket open');
    await aws.text('s3api put-bucket-acl --bucket open --acl public-read');
    const grants = 's3api get-bucket-acl --bucket open --query Grants[].Grantee.URI --output text';
    expect(await aws.text(grants)).toContain('AllUsers');
    const block =
      'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';
    await aws.text('s3api put-public-access-block --bucket open --public-access-block-configuration', block);
    await aws.refused('AccessDenied', 's3api put-bucket-acl --bucket open --acl public-read-write');
    await aws.refused('NoSuchBucketPolicy', 's3api get-bucket-policy --bucket open');
  });

  test('a trail needs a bucket that it may write to', { timeout: 60_000 }, async () => {
    await aws.json('s3api create-bucket --bucket logs');
    const create = 'cloudtrail create-trail --name trail --s3-bucket-name';
    await aws.refused('S3BucketDoesNotExistException', `${create} none`);
    await aws.refused('InsufficientS3BucketPolicyException', `${create} logs`);
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: ['s3:GetBucketAcl', 's3:PutObject'],
          Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/AWSLogs/*'],
        },
      ],
    };
    await aws.text('s3api put-bucket-policy --bucket logs --policy', JSON.stringify(policy));
    await aws.json(`${create} logs --is-multi-region-trail`);
    await aws.text('cloudtrail start-logging --name trail');
    expect(await aws.json('cloudtrail get-trail-status --name trail')).toMatchObject({ IsLogging: true });
  });

  test('a key has an alias', { timeout: 60_000 }, async () => {
    const id = await aws.text('kms create-key --query KeyMetadata.KeyId --output text');
    await aws.text(`kms create-alias --alias-name alias/mine --target-key-id ${id}`);
    expect(await aws.json('kms describe-key --key-id alias/mine')).toMatchObject({
      KeyMetadata: { KeyId: id, KeyState: 'Enabled' },
    });
    await aws.refused('NotFoundException', 'kms describe-key --key-id alias/none');
  });
});
