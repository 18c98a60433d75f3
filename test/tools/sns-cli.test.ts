import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import { type AwsCommands, commandsOf, findAwsClis, requireAwsCli } from '../helpers/aws-cli.ts';
import { type BootedCloud, bootCloud } from '../helpers/cloud.ts';

const clis = await findAwsClis();

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:remediator-prod-finding-alarms`;
const INSTANCE = `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:instance/i-0123456789abcdef0`;

describe.each([1, 2] as const)('SNS by AWS CLI %i', (major) => {
  const cli = clis.get(major);
  let booted: BootedCloud;
  let aws: AwsCommands;

  beforeAll(async () => {
    booted = await bootCloud();
    if (cli) aws = commandsOf(cli, booted.cloud.url);
  }, 60_000);

  afterAll(async () => {
    await aws?.[Symbol.asyncDispose]();
    await booted[Symbol.asyncDispose]();
  });

  const test = it.skipIf(cli === undefined && !requireAwsCli);

  test('an alarm that is published becomes an OpsItem', { timeout: 60_000 }, async () => {
    const publish = `sns publish --topic-arn ${TOPIC} --message file://examples/alarm.json --subject`;
    expect(await aws.json(publish, 'ALARM: "UnauthorizedAccess" in US East (N. Virginia)')).toEqual({
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    await booted.cloud.idle();
    const shown = await aws.json('ssm describe-ops-items --query OpsItemSummaries[].[Status,Title]');
    expect(shown).toEqual([['Open', `UnauthorizedAccess: ${INSTANCE}`]]);
  });

  test('what is no alarm ends in the failure queue', { timeout: 60_000 }, async () => {
    const entries = JSON.stringify([
      {
        Id: 'one',
        Message: 'Hello',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
      },
      { Id: 'two', Message: 'Hello', Subject: 'two\nlines' },
    ]);
    const published = await aws.json(
      `sns publish-batch --topic-arn ${TOPIC} --publish-batch-request-entries`,
      entries,
    );
    expect(published).toEqual({
      Successful: [{ Id: 'one', MessageId: expect.any(String) }],
      Failed: [
        { Id: 'two', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true },
      ],
    });
    await booted.cloud.idle();
    expect(booted.logged.join('\n')).toContain('EVENT_NOT_RECOGNISED');
    expect(booted.logged.join('\n')).toContain('findings-dead-letter-queue');
  });

  test('topics and subscriptions are shown, and errors told', { timeout: 60_000 }, async () => {
    expect(await aws.json('sns list-topics --query Topics[].TopicArn')).toContain(TOPIC);
    expect(await aws.json(`sns get-topic-attributes --topic-arn ${TOPIC}`)).toMatchObject({
      Attributes: { TopicArn: TOPIC, Owner: ACCOUNT_ID, SubscriptionsConfirmed: '1' },
    });
    expect(await aws.json(`sns list-subscriptions-by-topic --topic-arn ${TOPIC}`)).toMatchObject({
      Subscriptions: [
        { Protocol: 'lambda', Endpoint: expect.stringMatching(/:remediator-prod-check-tracker$/) },
      ],
    });
    expect(await aws.refused('NotFound', `sns publish --topic-arn ${TOPIC}s --message x`)).toBe(
      'Topic does not exist',
    );
    await aws.refused('InvalidParameter', 'sns publish --topic-arn alarms --message x');
    await aws.refused('InvalidAction', 'sns create-topic --name mine');
  });
});
