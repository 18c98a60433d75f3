import { Cron } from 'croner';
import type { ContentLine } from './content-lines.ts';

export interface Time {
  readonly at: Date;
  /** It was given as a day. */
  readonly isDay: boolean;
  /** IANA name; undefined: UTC. */
  readonly zone: string | undefined;
}

const TIME = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/;

/**
 * The time of DTSTART or DTEND: in UTC (`…Z`), in the zone of its TZID, or else in the calendar's.
 * @returns undefined where it is no time; a sentence where its zone is not known here
 */
export function readTime(
  { value, parameters }: ContentLine,
  calendarZone: string | undefined,
): Time | string | undefined {
  const match = TIME.exec(value);
  if (!match) return undefined;
  const [, year, month, day, hour, minute = '00', second = '00', utc] = match;
  const local = `${year}-${month}-${day}T${hour ?? '00'}:${minute}:${second}`;
  if (Number.isNaN(Date.parse(`${local}Z`))) return undefined;
  const zone = utc ? undefined : (parameters.get('TZID') ?? calendarZone);
  const at = zone === undefined ? new Date(`${local}Z`) : inZone(local, zone);
  if (at === undefined) return `its time zone ${zone} is none of IANA's`;
  return { at, isDay: hour === undefined, zone };
}

/** The same hour of the next day: 23 or 25 hours later where the clocks are changed. */
export function dayAfter({ at, zone }: Time): Date {
  const next = new Cron('0 0 0 * * *', { timezone: zone ?? 'UTC' }).nextRun(at);
  return next ?? at;
}

function inZone(local: string, timezone: string): Date | undefined {
  try {
    return new Cron(local, { timezone }).nextRun(new Date(0)) ?? undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
