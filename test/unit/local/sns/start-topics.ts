import { handleAwsQuery } from '../../../../local/endpoint/aws-query.ts';
import { Topics } from '../../../../local/sns/topics.ts';
import { countingIds } from '../../../helpers/local-functions.ts';
import { ManualClock } from '../queues/manual-clock.ts';

export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alarms';
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:check-tracker';

/** One topic with a function that is subscribed to it, one with none, and the forms that clients send. */
export function start() {
  const definition = { logicalId: 'Topic', displayName: 'Alarms & more', kmsMasterKeyId: 'key-1' };
  const topics = new Topics({
    clock: new ManualClock(),
    ids: countingIds(),
    topics: [
      { ...definition, name: 'alarms', arn: TOPIC },
      { ...definition, name: 'others', arn: TOPIC.replace('alarms', 'others'), kmsMasterKeyId: undefined },
    ],
  });
  const events: { readonly Records: readonly { readonly Sns: Record<string, unknown> }[] }[] = [];
  topics.subscribe(TOPIC, {
    functionArn: FUNCTION,
    target: (event) => events.push(event as (typeof events)[number]),
  });
  /** The XML of an answer. */
  const call = async (Action: string, form: Record<string, string> = {}) => {
    const parameters = new URLSearchParams({ Action, Version: '2010-03-31', ...form });
    const context = { region: 'us-east-1', accountId: '123456789012', principalArn: 'arn:p', requestId: 'r' };
    return String((await handleAwsQuery({ service: topics.service, parameters }, context)).body);
  };
  return { topics, events, call };
}
