import { describe, expect, it } from 'vitest';
import { FUNCTION, start, TOPIC } from './start-topics.ts';

const refused = (code: string, message?: string) =>
  expect.objectContaining({ code, ...(message !== undefined && { message }) });

describe('Publish', () => {
  it('calls the subscribed function as SNS does', async () => {
    const { events, call } = start();
    const answer = await call('Publish', {
      TopicArn: TOPIC,
      Subject: 'ALARM: "x" in US East (N. Virginia)',
      Message: '{"AlarmName":"x"}',
      'MessageAttributes.entry.1.Name': 'kind',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'test',
    });
    expect(events).toEqual([
      {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: `${TOPIC}:id-1`,
            Sns: {
              Type: 'Notification',
              MessageId: 'id-2',
              TopicArn: TOPIC,
              Subject: 'ALARM: "x" in US East (N. Virginia)',
              Message: '{"AlarmName":"x"}',
              Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
              SignatureVersion: '1',
              Signature: 'EXAMPLE',
              SigningCertUrl: 'EXAMPLE',
              UnsubscribeUrl: 'EXAMPLE',
              MessageAttributes: { kind: { Type: 'String', Value: 'test' } },
            },
          },
        ],
      },
    ]);
    expect(answer).toContain(
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>id-2</MessageId></PublishResult>',
    );
  });

  it('to a topic without subscribers reaches nobody, and has no subject where none was given', async () => {
    const { events, call } = start();
    await call('Publish', { TopicArn: TOPIC.replace('alarms', 'others'), Message: 'x' });
    expect(events).toEqual([]);
    await call('Publish', { TargetArn: TOPIC, Message: 'x' });
    expect(events[0]?.Records[0]?.Sns.Subject).toBeNull();
  });

  it('with a structure, functions get their own text, or else the default', async () => {
    const { events, call } = start();
    const publish = (texts: object) =>
      call('Publish', { TopicArn: TOPIC, MessageStructure: 'json', Message: JSON.stringify(texts) });
    await publish({ default: 'all', lambda: 'functions', email: 'people' });
    await publish({ default: 'all', email: 'people' });
    expect(events.map(({ Records }) => Records[0]?.Sns.Message)).toEqual(['functions', 'all']);
  });

  const NO_DEFAULT = 'Invalid parameter: Message Structure - No default entry in JSON message body';
  const attribute = (more: Record<string, string>) => ({
    TopicArn: TOPIC,
    Message: 'x',
    'MessageAttributes.entry.1.Name': 'a',
    ...Object.fromEntries(
      Object.entries(more).map(([key, value]) => [`MessageAttributes.entry.1.Value.${key}`, value]),
    ),
  });

  it.each([
    [
      'a topic that is not there',
      { TopicArn: `${TOPIC}s`, Message: 'x' },
      'NotFound',
      'Topic does not exist',
    ],
    [
      'what is no ARN',
      { TopicArn: 'alarms', Message: 'x' },
      'InvalidParameter',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    ],
    [
      'no topic',
      { Message: 'x' },
      'InvalidParameter',
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    ],
    ['no message', { TopicArn: TOPIC }, 'ValidationError', undefined],
    [
      'an empty message',
      { TopicArn: TOPIC, Message: '' },
      'InvalidParameter',
      'Invalid parameter: Empty message',
    ],
    [
      'a message of more than 256 KB, in bytes',
      { TopicArn: TOPIC, Message: 'ü'.repeat(131_073) },
      'InvalidParameter',
      'Invalid parameter: Message too long',
    ],
    [
      'a subject with a line break',
      { TopicArn: TOPIC, Message: 'x', Subject: 'a\nb' },
      'InvalidParameter',
      'Invalid parameter: Subject',
    ],
    [
      'a long subject',
      { TopicArn: TOPIC, Message: 'x', Subject: 's'.repeat(101) },
      'InvalidParameter',
      'Invalid parameter: Subject',
    ],
    [
      'another structure',
      { TopicArn: TOPIC, Message: 'x', MessageStructure: 'xml' },
      'InvalidParameter',
      'Invalid parameter: MessageStructure',
    ],
    [
      'a structure that is no JSON',
      { TopicArn: TOPIC, Message: 'x', MessageStructure: 'json' },
      'InvalidParameter',
      'Invalid parameter: Message Structure - JSON message body failed to parse',
    ],
    [
      'a structure without a default, even for a topic that is not there',
      { TopicArn: `${TOPIC}s`, Message: '{"lambda":"x"}', MessageStructure: 'json' },
      'InvalidParameter',
      NO_DEFAULT,
    ],
    [
      'a structure that is null',
      { TopicArn: TOPIC, Message: 'null', MessageStructure: 'json' },
      'InvalidParameter',
      NO_DEFAULT,
    ],
    [
      'a deduplication ID',
      { TopicArn: TOPIC, Message: 'x', MessageDeduplicationId: 'd' },
      'InvalidParameter',
      undefined,
    ],
    ['a telephone', { PhoneNumber: '+15555550100', Message: 'x' }, 'UnsupportedOperation', undefined],
    ['an attribute without a type', attribute({ StringValue: 'v' }), 'ParameterValueInvalid', undefined],
    [
      'an attribute of no type',
      attribute({ DataType: 'Text', StringValue: 'v' }),
      'ParameterValueInvalid',
      undefined,
    ],
    [
      'an attribute without a value',
      attribute({ DataType: 'Binary', StringValue: 'v' }),
      'ParameterValueInvalid',
      undefined,
    ],
    [
      'a number that is none',
      attribute({ DataType: 'Number', StringValue: 'v' }),
      'ParameterValueInvalid',
      undefined,
    ],
    ['an unknown parameter', { TopicArn: TOPIC, Message: 'x', Massage: 'y' }, 'UnknownParameter', undefined],
  ])('refuses %s, and calls nobody', async (_, form, code, message) => {
    const { events, call } = start();
    await expect(call('Publish', form as Record<string, string>)).rejects.toEqual(refused(code, message));
    expect(events).toEqual([]);
  });
});

describe('PublishBatch', () => {
  const batch = (entries: readonly Record<string, string>[]) =>
    Object.fromEntries(
      entries.flatMap((entry, index) =>
        Object.entries(entry).map(([key, value]) => [
          `PublishBatchRequestEntries.member.${index + 1}.${key}`,
          value,
        ]),
      ),
    );

  it('publishes what is sound, and says what is not', async () => {
    const { events, call } = start();
    const entries = [
      { Id: 'one', Message: '1' },
      { Id: 'two', Message: '' },
      { Id: 'three', Message: '3' },
    ];
    const answer = await call('PublishBatch', { TopicArn: TOPIC, ...batch(entries) });
    expect(events.map(({ Records }) => Records[0]?.Sns.Message)).toEqual(['1', '3']);
    expect(answer).toContain('<Successful><member><Id>one</Id><MessageId>id-2</MessageId></member>');
    expect(answer).toContain(
      '<Failed><member><Id>two</Id><Code>InvalidParameter</Code><Message>Invalid parameter: Empty message</Message><SenderFault>true</SenderFault></member></Failed>',
    );
  });

  const many = Array.from({ length: 11 }, (_, index) => ({ Id: `i${index}`, Message: 'x' }));
  const large = ['a', 'b'].map((Id) => ({ Id, Message: 'x'.repeat(131_073) }));

  it.each([
    ['no entries', [], 'EmptyBatchRequest'],
    ['eleven entries', many, 'TooManyEntriesInBatchRequest'],
    ['one ID twice', [many[0], many[0]], 'BatchEntryIdsNotDistinct'],
    ['an ID that is none', [{ Id: 'a b', Message: 'x' }], 'InvalidBatchEntryId'],
    ['more than 256 KB in all', large, 'BatchRequestTooLong'],
  ])('refuses %s, and calls nobody', async (_, entries, code) => {
    const { events, call } = start();
    const form = { TopicArn: TOPIC, ...batch(entries as Record<string, string>[]) };
    await expect(call('PublishBatch', form)).rejects.toEqual(refused(code));
    expect(events).toEqual([]);
  });
});

describe('topics and subscriptions', () => {
  it('are listed', async () => {
    const { call } = start();
    const listed = await call('ListTopics');
    expect(listed.match(/<TopicArn>[^<]+/g)).toEqual([
      `<TopicArn>${TOPIC}`,
      `<TopicArn>${TOPIC.replace('alarms', 'others')}`,
    ]);
    const subscription = `<member><SubscriptionArn>${TOPIC}:id-1</SubscriptionArn><Owner>123456789012</Owner><Protocol>lambda</Protocol><Endpoint>${FUNCTION}</Endpoint><TopicArn>${TOPIC}</TopicArn></member>`;
    expect(await call('ListSubscriptions')).toContain(subscription);
    expect(await call('ListSubscriptionsByTopic', { TopicArn: TOPIC })).toContain(subscription);
    expect(await call('ListSubscriptionsByTopic', { TopicArn: TOPIC.replace('alarms', 'others') })).toContain(
      '<Subscriptions/>',
    );
  });

  it('have attributes', async () => {
    const { call } = start();
    const answer = await call('GetTopicAttributes', { TopicArn: TOPIC });
    expect(answer).toContain('<entry><key>DisplayName</key><value>Alarms &amp; more</value></entry>');
    expect(answer).toContain('<entry><key>KmsMasterKeyId</key><value>key-1</value></entry>');
    expect(answer).toContain('<entry><key>SubscriptionsConfirmed</key><value>1</value></entry>');
  });

  it.each([
    ['GetTopicAttributes', { TopicArn: `${TOPIC}s` }, 'NotFound'],
    ['GetTopicAttributes', {}, 'InvalidParameter'],
    ['ListSubscriptionsByTopic', { TopicArn: `${TOPIC}s` }, 'NotFound'],
    ['ListTopics', { NextToken: 'x' }, 'InvalidParameter'],
    ['CreateTopic', { Name: 'x' }, 'InvalidAction'],
    ['', {}, 'MissingAction'],
  ])('%s of %j: %s', async (action, form, code) => {
    await expect(start().call(action, form as Record<string, string>)).rejects.toEqual(refused(code));
  });

  it('a function cannot be subscribed to a topic that is not there', () => {
    const subscribe = () =>
      start().topics.subscribe(`${TOPIC}s`, { functionArn: FUNCTION, target: () => {} });
    expect(subscribe).toThrow('Topic does not exist');
  });
});
