import { REGION } from '../place.ts';

/**
 * Publishes as `aws sns publish` does: a form, signed for SNS. The laptop's cloud reads of a signature only whose it is.
 * @throws Error with the answer, where it is not success
 */
export async function publish(
  endpoint: string,
  message: { readonly topicArn: string; readonly subject: string; readonly text: string },
): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=demo/20260101/${REGION}/sns/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: message.topicArn,
      Subject: message.subject,
      Message: message.text,
    }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`Publish was refused: ${answer}`);
}
