import { objectIn, textIn } from '../letter.ts';

/** An event in a few words: what, from whom, when. */
export function describeEvent(event: unknown): string {
  const { 'detail-type': type, source, time, Records } = objectIn(event);
  if (Array.isArray(Records)) {
    const { EventSource, Sns } = objectIn(Records[0]);
    return `${textIn(EventSource) ?? 'records'}${at(objectIn(Sns).Timestamp)}`;
  }
  if (textIn(type) === undefined && textIn(source) === undefined) return 'an event';
  return `${textIn(type) ?? 'an event'} of ${textIn(source) ?? 'nobody'}${at(time)}`;
}

function at(time: unknown): string {
  const text = textIn(time);
  return text === undefined ? '' : `, ${text}`;
}

/** A run on schedule: the next one does the same, so that one stands for all. */
export function onceOf(event: unknown, functionName: string): { readonly once?: string } {
  return objectIn(event)['detail-type'] === 'Scheduled Event' ? { once: functionName } : {};
}
