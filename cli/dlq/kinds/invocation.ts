import { type LetterReader, objectIn, textIn } from '../letter.ts';
import { describeEvent, onceOf } from './describe-event.ts';

/**
 * An event that a function failed on until Lambda gave it up: the record of its on-failure destination.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const invocation: LetterReader = ({ body, functionOf }) => {
  if (!('requestPayload' in body) || !('requestContext' in body)) return undefined;
  const { functionArn, condition, approximateInvokeCount } = objectIn(body.requestContext);
  const fn = functionOf(functionArn);
  const { errorType, errorMessage } = objectIn(body.responsePayload);
  const error = [textIn(errorType), textIn(errorMessage)].filter(Boolean).join(': ');
  const times = typeof approximateInvokeCount === 'number' ? ` after ${approximateInvokeCount} attempts` : '';
  const why = `${textIn(condition) ?? 'given up'}${times}${error === '' ? '' : `: ${error}`}`;
  if (fn === undefined)
    return {
      kind: 'unknown',
      why: `${String(functionArn)} is no function whose failures come here (${why})`,
    };
  const { requestPayload } = body;
  return {
    kind: 'invocation',
    fn,
    about: describeEvent(requestPayload),
    why,
    content: { type: 'event', event: requestPayload, ...onceOf(requestPayload, fn.functionName) },
  };
};
