import { Cron } from 'croner';

/** When remediation may start: in every minute that a cron expression matches. */
export interface Window {
  /** Five fields: minute, hour, day of month, month, day of week; `* 22-23 * * MON-FRI`. */
  readonly hours: string;
  /** An IANA name, such as `Europe/Zurich`. */
  readonly timeZone: string;
}

/** What is wrong with a window; undefined: nothing. */
export function windowFault(window: Window): string | undefined {
  if (window.hours.trim().split(/\s+/).length !== 5) return 'hours must have five cron fields';
  try {
    return cronOf(window).nextRun(new Date(0)) === null ? 'hours never match' : undefined;
  } catch (error) {
    return `hours or timeZone: ${error instanceof Error ? error.message : error}`;
  }
}

/** The first moment, from now on, at which one of the windows is open: now itself where one is. */
export function opensAt(windows: readonly Window[], now: Date): Date | undefined {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const openings = windows.map((window) => {
    const cron = cronOf(window);
    return cron.match(minute) ? now : nextOpening(cron, now);
  });
  const times = openings.filter((time) => time !== null).map((time) => time.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

/** What falls into the hour that a clock skips is said to run at its end, and does not match there. */
function nextOpening(cron: Cron, now: Date): Date | null {
  const next = cron.nextRun(now);
  return next === null || cron.match(next) ? next : cron.nextRun(next);
}

function cronOf({ hours, timeZone }: Window): Cron {
  return new Cron(hours, { timezone: timeZone });
}
