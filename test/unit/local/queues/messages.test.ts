import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ARN, failsWith, start, URL } from './start-queues.ts';

describe('messages', () => {
  it('come with the digests by which SDKs check them', async () => {
    const { call, receive } = start();
    const sent = await call('SendMessage', {
      QueueUrl: URL,
      MessageBody: 'grüß',
      MessageAttributes: {
        b: { DataType: 'Binary', BinaryValue: 'AQI=' },
        a: { DataType: 'String', StringValue: 'v' },
      },
    });
    const u32 = (n: number) => [0, 0, 0, n];
    const text = (s: string) => [...u32(s.length), ...Buffer.from(s)];
    const expected = [
      text('a'),
      text('String'),
      1,
      text('v'),
      text('b'),
      text('Binary'),
      2,
      u32(2),
      1,
      2,
    ].flat();
    const digest = createHash('md5').update(Buffer.from(expected)).digest('hex');
    const bodyDigest = createHash('md5').update('grüß').digest('hex');
    expect(sent).toMatchObject({ MD5OfMessageBody: bodyDigest, MD5OfMessageAttributes: digest });
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      Body: 'grüß',
      MD5OfBody: bodyDigest,
      MD5OfMessageAttributes: digest,
      MessageAttributes: { a: { StringValue: 'v' } },
      Attributes: { ApproximateReceiveCount: '1', SenderId: 'arn:p', SentTimestamp: '1715573402345' },
    });
  });

  it('show only the attributes that are asked for', async () => {
    const { queues, receive } = start();
    const value = { DataType: 'String', StringValue: 'v' };
    queues.send(ARN, 'x', { 'a.b': value, 'c.d': value });
    const [message] = await receive({ MessageAttributeNames: ['a.*'] });
    expect(Object.keys(message?.MessageAttributes as object)).toEqual(['a.b']);
    expect(message?.Attributes).toBeUndefined();
  });

  it('are hidden while they are received, and come again when they were not deleted', async () => {
    const { clock, queues, call, receive, count } = start();
    queues.send(ARN, 'x');
    const [message] = await receive({ VisibilityTimeout: 10 });
    expect(await receive()).toEqual([]);
    expect(await count()).toEqual([0, 1, 0]);
    await clock.advance(10_000);
    const [again] = await receive({ AttributeNames: ['ApproximateReceiveCount'] });
    expect(again).toMatchObject({
      MessageId: message?.MessageId,
      Attributes: { ApproximateReceiveCount: '2' },
    });
    await call('DeleteMessage', { QueueUrl: URL, ReceiptHandle: again?.ReceiptHandle });
    await call('DeleteMessage', { QueueUrl: URL, ReceiptHandle: again?.ReceiptHandle });
    await clock.advance(60_000);
    expect(await count()).toEqual([0, 0, 0]);
  });

  it('can be shown again at once by ChangeMessageVisibility', async () => {
    const { queues, call, receive } = start();
    queues.send(ARN, 'x');
    const [message] = await receive();
    const change = { QueueUrl: URL, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await call('ChangeMessageVisibility', change);
    await expect(call('ChangeMessageVisibility', change)).rejects.toThrow(failsWith('MessageNotInflight'));
    expect(await receive()).toHaveLength(1);
  });

  it('come oldest first, as many as asked for', async () => {
    const { queues, receive } = start();
    for (const body of ['1', '2', '3']) queues.send(ARN, body);
    expect((await receive({ MaxNumberOfMessages: 2 })).map((message) => message.Body)).toEqual(['1', '2']);
  });

  it('are delayed, purged, and dropped when they are too old', async () => {
    const { clock, queues, call, receive, count } = start();
    await call('SendMessage', { QueueUrl: URL, MessageBody: 'later', DelaySeconds: 60 });
    expect(await count()).toEqual([0, 0, 1]);
    await clock.advance(60_000);
    expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    await call('PurgeQueue', { QueueUrl: URL });
    expect(await receive()).toEqual([]);
    queues.send(ARN, 'old');
    await clock.advance(345_601_000);
    expect(await receive()).toEqual([]);
  });

  it('are not sent to a queue of another region or account', () => {
    const { queues } = start();
    expect(() => queues.send(ARN.replace('us-east-1', 'us-east-2'), 'x')).toThrow(
      failsWith('QueueDoesNotExist'),
    );
    expect(() => queues.send('arn:aws:sqs:us-east-1:123456789012:none', 'x')).toThrow(
      failsWith('QueueDoesNotExist'),
    );
  });
});
