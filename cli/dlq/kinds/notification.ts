import { type LetterReader, objectIn, textIn } from '../letter.ts';
import { describeEvent } from './describe-event.ts';

/**
 * A message of a topic that SNS could not hand to the function: the notification, or the event that the function is
 * called with.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export const notification: LetterReader = ({ message, body, fallback }) => {
  const event = eventIn(body);
  if (event === undefined) return undefined;
  const { ErrorCode, ErrorMessage } = message.attributes;
  const why = [ErrorCode, ErrorMessage].filter(Boolean).join(': ') || 'SNS says no reason';
  if (fallback === undefined)
    return { kind: 'unknown', why: `no function of this stack is called by that topic (${why})` };
  return {
    kind: 'notification',
    fn: fallback,
    about: describeEvent(event),
    why,
    content: { type: 'event', event },
  };
};

function eventIn(body: Readonly<Record<string, unknown>>): unknown {
  const { Records, Type, TopicArn, Message } = body;
  if (Array.isArray(Records))
    return Records.length > 0 && Records.every((each) => objectIn(each).EventSource === 'aws:sns')
      ? body
      : undefined;
  if (Type !== 'Notification' || textIn(TopicArn) === undefined || textIn(Message) === undefined)
    return undefined;
  const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: TopicArn, Sns: body };
  return { Records: [record] };
}
