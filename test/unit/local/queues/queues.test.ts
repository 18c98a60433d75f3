import { describe, expect, it } from 'vitest';
import { ARN, failsWith, start, URL } from './start-queues.ts';

describe('queues', () => {
  it('are made once, and found by name and by prefix', async () => {
    const { call } = start();
    const made = await call('CreateQueue', { QueueName: 'other', Attributes: { VisibilityTimeout: '5' } });
    expect(made).toEqual({ QueueUrl: 'http://127.0.0.1:4566/123456789012/other' });
    expect(await call('CreateQueue', { QueueName: 'other' })).toEqual(made);
    expect(await call('GetQueueUrl', { QueueName: 'other' })).toEqual(made);
    expect(await call('ListQueues', { QueueNamePrefix: 'ot' })).toEqual({ QueueUrls: [made.QueueUrl] });
    const first = await call('ListQueues', { MaxResults: 1 });
    expect(first).toEqual({ QueueUrls: [URL], NextToken: expect.any(String) });
    expect(await call('ListQueues', { MaxResults: 1, NextToken: first.NextToken })).toEqual({
      QueueUrls: [made.QueueUrl],
    });
  });

  it('show their attributes', async () => {
    const { call } = start();
    const AttributeNames = ['QueueArn', 'VisibilityTimeout', 'CreatedTimestamp'];
    expect(await call('GetQueueAttributes', { QueueUrl: URL, AttributeNames })).toEqual({
      Attributes: { QueueArn: ARN, VisibilityTimeout: '30', CreatedTimestamp: '1715573402' },
    });
    expect(await call('GetQueueAttributes', { QueueUrl: URL })).toEqual({});
  });

  it.each([
    ['CreateQueue', { QueueName: 'a b' }, 'InvalidParameterValue'],
    ['CreateQueue', {}, 'MissingParameter'],
    ['CreateQueue', { QueueName: 'a', Attributes: { Colour: 'red' } }, 'InvalidAttributeName'],
    ['CreateQueue', { QueueName: 'a', Attributes: { DelaySeconds: '901' } }, 'InvalidAttributeValue'],
    ['CreateQueue', { QueueName: 'failures', Attributes: { DelaySeconds: '1' } }, 'QueueNameExists'],
    ['GetQueueUrl', { QueueName: 'none' }, 'QueueDoesNotExist'],
    ['GetQueueAttributes', { QueueUrl: URL, AttributeNames: ['Colour'] }, 'InvalidAttributeName'],
    ['SendMessage', { QueueUrl: `${URL}x`, MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['SendMessage', { QueueUrl: URL }, 'MissingParameter'],
    ['SendMessage', { QueueUrl: URL, MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['SendMessage', { QueueUrl: URL, MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
    [
      'SendMessage',
      { QueueUrl: URL, MessageBody: 'x', MessageAttributes: { a: { DataType: 'Blob', StringValue: 'x' } } },
      'InvalidParameterValue',
    ],
    [
      'SendMessage',
      { QueueUrl: URL, MessageBody: 'x', MessageAttributes: { a: { DataType: 'String' } } },
      'InvalidParameterValue',
    ],
    ['ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['ReceiveMessage', { QueueUrl: URL, WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['DeleteMessage', { QueueUrl: URL, ReceiptHandle: 'nonsense' }, 'ReceiptHandleIsInvalid'],
    ['ChangeMessageVisibility', { QueueUrl: URL, ReceiptHandle: 'x' }, 'MissingParameter'],
    [
      'ChangeMessageVisibility',
      { QueueUrl: URL, ReceiptHandle: 'x', VisibilityTimeout: 1 },
      'ReceiptHandleIsInvalid',
    ],
  ])('%s %j fails with %s', async (operation, input, code) => {
    await expect(start().call(operation, input)).rejects.toThrow(failsWith(code));
  });

  it('carry the error code of the query protocol beside the new one', async () => {
    await expect(start().call('GetQueueUrl', { QueueName: 'none' })).rejects.toMatchObject({
      queryErrorCode: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });
});
