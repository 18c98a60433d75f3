/** How far a detail's clock may be ahead of the envelope's: a time from far ahead would hide all later events. */
const MAX_AHEAD_MS = 5 * 60_000;

/**
 * When a source saw what it tells: what it said itself, or else when the event was sent.
 * @returns undefined where neither is a time
 */
export function observedAt(times: { said: string | null | undefined; sent: string }): Date | undefined {
  const sent = sentTime(times.sent);
  const said = timeOf(times.said);
  if (said && (!sent || said.getTime() <= sent.getTime() + MAX_AHEAD_MS)) return said;
  return sent;
}

let lastSent: { readonly text: string; readonly ms: number | undefined } | undefined;

/** An event's own time, which is asked for several times over. */
function sentTime(text: string): Date | undefined {
  if (lastSent?.text !== text) lastSent = { text, ms: timeOf(text)?.getTime() };
  return lastSent.ms === undefined ? undefined : new Date(lastSent.ms);
}

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** As Inspector writes it: `Wed Sep 04 16:59:44.356 UTC 2024`. */
const UNIX = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?) UTC (\d{4})$/;
/** As it wrote it before: `Dec 3, 2021, 6:02:30 PM`. */
const AMERICAN = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}:\d{2}) (AM|PM)$/;

/** The two in ISO 8601; anything else as it is. */
function inIso(text: string): string {
  const unix = text.match(UNIX);
  if (unix) return isoOf({ year: unix[4], month: unix[1], day: unix[2], time: unix[3] });
  const american = text.match(AMERICAN);
  if (!american) return text;
  const [, month, day, year, hour, rest, half] = american;
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  return isoOf({ year, month, day, time: `${String(hours).padStart(2, '0')}:${rest}` });
}

function isoOf(parts: Readonly<Record<'year' | 'month' | 'day' | 'time', string | undefined>>): string {
  const month = String(MONTHS.indexOf(parts.month ?? '') + 1).padStart(2, '0');
  return `${parts.year}-${month}-${parts.day?.padStart(2, '0')}T${parts.time}Z`;
}

/** As nearly every event has it: what Date reads as it is. */
const PLAIN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

/** A time with its offset; without one it is UTC, wherever this runs. */
function timeOf(text: string | null | undefined): Date | undefined {
  if (text && PLAIN.test(text)) return dateOf(text);
  const match = text && inIso(text.trim().replace(/\s+/g, ' ')).match(ISO);
  if (!match) return undefined;
  const offset = match[3]?.replace(/utc/i, 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? 'Z';
  return dateOf(`${match[1]}T${match[2]}${offset.toUpperCase()}`);
}

function dateOf(iso: string): Date | undefined {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
