import { GetCalendarStateCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { CalendarState } from '../domain/circumstances.ts';
import type { Calendars, Clock } from '../ports.ts';
import type { ForPlace } from './clients.ts';

/** A storm asks once a minute; a calendar that is closed by hand holds within that. */
const CACHED_MS = 60_000;

/** SSM Change Calendars. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html */
export function createCalendars(ssm: ForPlace<SSMClient>, clock: Clock): Calendars {
  const cache = new Map<string, { until: number; state: CalendarState }>();
  return {
    async stateOf(names, place) {
      const key = JSON.stringify([place.account, place.region, names]);
      const now = clock.now().getTime();
      const cached = cache.get(key);
      if (cached && now < cached.until) return cached.state;
      const { State, NextTransitionTime } = await ssm(place).send(
        new GetCalendarStateCommand({ CalendarNames: [...names] }),
      );
      const changesAt = NextTransitionTime === undefined ? undefined : new Date(NextTransitionTime);
      const known = changesAt !== undefined && !Number.isNaN(changesAt.getTime());
      const state = { open: State === 'OPEN', ...(known ? { changesAt } : {}) };
      const until = Math.min(
        now + CACHED_MS,
        known && changesAt.getTime() > now ? changesAt.getTime() : Infinity,
      );
      cache.set(key, { until, state });
      return state;
    },
  };
}
