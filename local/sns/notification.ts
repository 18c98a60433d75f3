import type { Message } from './message.ts';

export interface Publication {
  readonly messageId: string;
  readonly topicArn: string;
  readonly publishedAt: Date;
  readonly message: Message;
}

/**
 * What a function is called with. Nothing is signed on a laptop.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export function notificationEvent(subscriptionArn: string, publication: Publication): object {
  const { messageId, topicArn, publishedAt, message } = publication;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: message.subject ?? null,
          Message: message.text,
          Timestamp: publishedAt.toISOString(),
          SignatureVersion: '1',
          Signature: 'EXAMPLE',
          SigningCertUrl: 'EXAMPLE',
          UnsubscribeUrl: 'EXAMPLE',
          MessageAttributes: message.attributes,
        },
      },
    ],
  };
}
