/** What a document of type ChangeCalendar says. */
export interface ChangeCalendar {
  /** What it is outside its events; during one it is the other. */
  readonly isOpenByDefault: boolean;
  readonly events: readonly CalendarEvent[];
  /** What cannot be evaluated here, such as events that recur. */
  readonly unsupported: readonly string[];
}

export interface CalendarEvent {
  readonly start: Date;
  /** The first moment after it. */
  readonly end: Date;
}

/** The state of several calendars together: open where all of them are. */
export interface CombinedState {
  readonly isOpen: boolean;
  /** When that changes; undefined: never, as far as the calendars say. */
  readonly changesAt: Date | undefined;
}

export function stateAt(calendars: readonly ChangeCalendar[], at: Date): CombinedState {
  const isOpen = isOpenAt(calendars, at);
  const changesAt = calendars
    .flatMap(({ events }) => events.flatMap(({ start, end }) => [start, end]))
    .filter((boundary) => boundary > at && isOpenAt(calendars, boundary) !== isOpen)
    .toSorted((a, b) => a.getTime() - b.getTime())[0];
  return { isOpen, changesAt };
}

function isOpenAt(calendars: readonly ChangeCalendar[], at: Date): boolean {
  return calendars.every(({ isOpenByDefault, events }) => {
    const isDuring = events.some(({ start, end }) => start <= at && at < end);
    return isOpenByDefault !== isDuring;
  });
}
