import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ACCOUNT_ID, REGION } from '../../../local/place.ts';
import { readServiceDefinition } from '../../../local/service-definition/read-service-definition.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties of any resource, read by their documented names
  readonly Properties: any;
}

/** Resources of a file; `!Ref X` and its like are read as the text behind them. */
function resourcesOf(file: string): Record<string, Resource> {
  return parse(readFileSync(join(ROOT, 'resources', file), 'utf8'), { logLevel: 'silent' }).Resources;
}

const resources = resourcesOf('alarm-topic.yml');
const service = (params: Record<string, string> = {}) =>
  readServiceDefinition({
    file: join(ROOT, 'serverless.yml'),
    accountId: ACCOUNT_ID,
    region: REGION,
    params,
  });
const checkTracker = async (params?: Record<string, string>) =>
  (await service(params)).functions.find(({ name }) => name === 'check-tracker');

describe('the topic for alarms', () => {
  it('calls check-tracker, with a dead-letter queue of its own', async () => {
    expect((await checkTracker())?.topics).toEqual([
      {
        topicArn: `arn:aws:sns:${REGION}:${ACCOUNT_ID}:remediator-prod-finding-alarms`,
        deadLetterQueueArn: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:remediator-prod-finding-alarms-dead-letter-queue`,
      },
    ]);
  });

  it('is switched off whole by its parameter, and without it the rule stays', async () => {
    const off = await service({ alarmTopicSource: 'false' });
    expect(off.topics.map(({ logicalId }) => logicalId)).toEqual(['AlarmTopic']);
    expect(off.queues.filter(({ name }) => name.includes('finding-alarms'))).toEqual([]);
    const tracker = await checkTracker({ alarmTopicSource: 'false' });
    expect(tracker?.topics).toEqual([]);
    expect(tracker?.eventRules).toEqual((await checkTracker())?.eventRules);
    for (const [name, { Condition }] of Object.entries(resources)) {
      expect(Condition, name).toBe('HasAlarmTopicSource');
    }
  });

  it("takes this account's alarms, and none of our own", () => {
    const { Statement } = resources.FindingAlarmTopicPolicy?.Properties.PolicyDocument ?? {};
    expect(Statement).toEqual([
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: 'FindingAlarmTopic',
        Condition: {
          StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' },
          ArnNotLike: {
            'aws:SourceArn': expect.stringMatching(/:alarm:\$\{self:service\}-\$\{sls:stage\}-\*$/),
          },
        },
      },
    ]);
  });

  it('is encrypted with a key that alarms can use', () => {
    expect(resources.FindingAlarmTopic?.Properties.KmsMasterKeyId).toBe('FindingAlarmKey');
    const { Statement } = resources.FindingAlarmKey?.Properties.KeyPolicy ?? {};
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: { StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' } },
      }),
    );
  });

  it('no alarm of ours publishes to it: they are for people', () => {
    const alarms = Object.entries({ ...resources, ...resourcesOf('alarms.yml') }).filter(
      ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm',
    );
    expect(alarms.length).toBeGreaterThan(5);
    for (const [name, { Properties }] of alarms)
      expect(Properties.AlarmActions, name).toEqual(['AlarmTopic']);
  });
});

describe('failure queues', () => {
  it('each is watched by an alarm', async () => {
    const watched = Object.values({ ...resources, ...resourcesOf('alarms.yml') }).flatMap(
      ({ Type, Properties }) =>
        Type === 'AWS::CloudWatch::Alarm' ? [Properties.Dimensions[0].Value.replace('.QueueName', '')] : [],
    );
    const { queues } = await service();
    expect(watched.toSorted()).toEqual(queues.map(({ logicalId }) => logicalId).toSorted());
  });

  it('each has one policy: a second one would take the place of the first', async () => {
    const policy = resourcesOf('queues.yml').FailureQueuePolicy?.Properties.Queues;
    const ofSubscriptions = (await checkTracker())?.topics.map(
      ({ deadLetterQueueArn }) => deadLetterQueueArn,
    );
    const { queues } = await service();
    const shared = queues.filter(
      ({ logicalId, arn }) => policy.includes(logicalId) && ofSubscriptions?.includes(arn),
    );
    expect(policy).toContain('FindingsDeadLetterQueue');
    expect(shared).toEqual([]);
  });
});
