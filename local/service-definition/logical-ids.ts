/** Logical IDs as Serverless Framework makes them of names. */
const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `check-tracker` is `CheckDashtracker`. */
const normalized = (functionName: string): string =>
  upperFirst(functionName.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'));

export const functionLogicalId = (functionName: string): string =>
  `${normalized(functionName)}LambdaFunction`;

/** Of what an `sns` event of a function comes to. */
export function snsLogicalIds(
  functionName: string,
  topicName: string,
): Readonly<Record<'subscription' | 'permission' | 'deadLetterQueuePolicy', string>> {
  const fn = normalized(functionName);
  const topic = upperFirst(topicName.replaceAll(/[^0-9A-Za-z]/g, ''));
  return {
    subscription: `${fn}SnsSubscription${topic}`,
    permission: `${fn}LambdaPermission${topic}SNS`,
    deadLetterQueuePolicy: `${topic}To${fn}DLQPolicy`,
  };
}
