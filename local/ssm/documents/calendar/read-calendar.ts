import { AwsError } from '../../../aws-error.ts';
import type { CalendarEvent, ChangeCalendar } from './change-calendar.ts';
import { type ContentLine, contentLines } from './content-lines.ts';
import { dayAfter, readTime, type Time } from './read-time.ts';

const TYPES: Readonly<Record<string, boolean>> = { DEFAULT_OPEN: true, DEFAULT_CLOSED: false };
/** What makes an event more than one span of time. */
const RECURRENCE = ['RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID'];

/**
 * Reads the content of a change calendar: iCalendar with `X-CALENDAR-TYPE`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
 * @throws AwsError InvalidDocumentContent where it is no calendar
 */
export function readCalendar(content: string): ChangeCalendar {
  const lines = contentLines(content).map(
    (line, index) => line ?? fail(`line ${index + 1} is none of iCalendar`),
  );
  const [first, last] = [lines[0], lines.at(-1)];
  if (!isMark(first, 'BEGIN', 'VCALENDAR') || !isMark(last, 'END', 'VCALENDAR'))
    fail('it has to begin with BEGIN:VCALENDAR and end with END:VCALENDAR');
  const { own, components } = partsOf(lines.slice(1, -1));
  const type = textOf(own, 'X-CALENDAR-TYPE') ?? 'none';
  const isOpenByDefault = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (isOpenByDefault === undefined)
    fail(`X-CALENDAR-TYPE has to be DEFAULT_OPEN or DEFAULT_CLOSED, and is ${type}`);
  const zone = textOf(own, 'X-WR-TIMEZONE');
  const read = components
    .filter(({ name }) => name === 'VEVENT')
    .map((component) => readEvent(component.lines, zone));
  return {
    isOpenByDefault: isOpenByDefault === true,
    events: read.filter((each) => typeof each !== 'string'),
    unsupported: read.filter((each) => typeof each === 'string'),
  };
}

interface Component {
  readonly name: string;
  readonly lines: readonly ContentLine[];
}

/** A calendar's own lines, and its components with all that is in them. */
function partsOf(lines: readonly ContentLine[]): {
  own: readonly ContentLine[];
  components: readonly Component[];
} {
  const own: ContentLine[] = [];
  const components: { name: string; lines: ContentLine[] }[] = [];
  const open: string[] = [];
  for (const line of lines) {
    if (line.name === 'BEGIN') {
      const name = line.value.toUpperCase();
      if (open.length === 0) components.push({ name, lines: [] });
      open.push(name);
    } else if (line.name === 'END') {
      if (open.pop() !== line.value.toUpperCase()) fail(`END:${line.value} ends nothing that is open`);
    } else if (open.length === 0) own.push(line);
    // What is nested, such as an alarm, says nothing about the event's time.
    else if (open.length === 1) components.at(-1)?.lines.push(line);
  }
  if (open.length > 0) fail(`BEGIN:${open.at(-1)} has no end`);
  return { own, components };
}

/** @returns the event, or why it cannot be evaluated here */
function readEvent(lines: readonly ContentLine[], zone: string | undefined): CalendarEvent | string {
  const what = `The event ${JSON.stringify(textOf(lines, 'SUMMARY') ?? textOf(lines, 'UID') ?? '')}`;
  const recurs = lines.find(({ name }) => RECURRENCE.includes(name));
  if (recurs) return `${what} recurs (${recurs.name}), which the laptop's cloud cannot evaluate`;
  const kind = textOf(lines, 'X-EVENT-TYPE') ?? 'STANDARD';
  if (kind !== 'STANDARD') return `${what} is of the type ${kind}, which the laptop's cloud does not know`;
  if (lines.some(({ name }) => name === 'DURATION'))
    return `${what} has a DURATION; the laptop's cloud knows DTEND only`;
  const start = timeOf(lines, 'DTSTART', zone);
  if (start === undefined) return fail(`${what} has no DTSTART`);
  if (typeof start === 'string') return `${what}: ${start}`;
  const end = timeOf(lines, 'DTEND', zone);
  if (typeof end === 'string') return `${what}: ${end}`;
  return { start: start.at, end: end?.at ?? (start.isDay ? dayAfter(start) : start.at) };
}

function timeOf(
  lines: readonly ContentLine[],
  name: string,
  zone: string | undefined,
): Time | string | undefined {
  const line = lines.find((each) => each.name === name);
  if (!line) return undefined;
  return readTime(line, zone) ?? fail(`${name} is no time: ${line.value}`);
}

function textOf(lines: readonly ContentLine[], wanted: string): string | undefined {
  return lines.find(({ name }) => name === wanted)?.value;
}

function isMark(line: ContentLine | undefined, name: string, value: string): boolean {
  return line?.name === name && line.value.toUpperCase() === value;
}

function fail(why: string): never {
  throw new AwsError('InvalidDocumentContent', `The content is no change calendar: ${why}.`);
}
