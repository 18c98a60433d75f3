import { type LetterReader, textIn } from '../letter.ts';
import { describeEvent, onceOf } from './describe-event.ts';

/**
 * An event that EventBridge could not hand over: the event itself, with attributes that say why.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export const event: LetterReader = ({ message, body, functionOf }) => {
  const { TARGET_ARN, RULE_ARN, ERROR_CODE, ERROR_MESSAGE, EXHAUSTED_RETRY_CONDITION } = message.attributes;
  if (TARGET_ARN === undefined || (RULE_ARN === undefined && ERROR_CODE === undefined)) return undefined;
  const reason = textIn(ERROR_MESSAGE) ?? textIn(EXHAUSTED_RETRY_CONDITION) ?? 'no reason is given';
  const why = ERROR_CODE === undefined ? reason : `${ERROR_CODE}: ${reason}`;
  if (/^arn:[^:]*:logs:/.test(TARGET_ARN))
    return {
      kind: 'unknown',
      why: `only the log group of finding events lacks it (${why}): check-tracker's own rule hands it over; delete it when its permission is mended`,
    };
  const fn = functionOf(TARGET_ARN);
  if (fn === undefined)
    return {
      kind: 'unknown',
      why: `its target ${TARGET_ARN} is no function whose failures come here (${why})`,
    };
  return {
    kind: 'event',
    fn,
    about: describeEvent(body),
    why,
    content: { type: 'event', event: body, ...onceOf(body, fn.functionName) },
  };
};
