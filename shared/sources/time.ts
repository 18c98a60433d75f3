/** How far a detail's clock may be ahead of the envelope's: a time from far ahead would hide all later events. */
const MAX_AHEAD_MS = 5 * 60_000;

/**
 * When a source saw what it tells: what it said itself, or else when the event was sent.
 * @returns undefined where neither is a time
 */
export function observedAt(times: { said: string | null | undefined; sent: string }): Date | undefined {
  const sent = timeOf(times.sent);
  const said = timeOf(times.said);
  if (said && (!sent || said.getTime() <= sent.getTime() + MAX_AHEAD_MS)) return said;
  return sent;
}

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/** A time with its offset; without one it is UTC, wherever this runs. */
function timeOf(text: string | null | undefined): Date | undefined {
  const match = text?.trim().match(ISO);
  if (!match) return undefined;
  const offset = match[3]?.replace(/utc/i, 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? 'Z';
  const date = new Date(`${match[1]}T${match[2]}${offset.toUpperCase()}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
