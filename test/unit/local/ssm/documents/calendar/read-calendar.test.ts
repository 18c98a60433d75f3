import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../../local/aws-error.ts';
import { stateAt } from '../../../../../../local/ssm/documents/calendar/change-calendar.ts';
import { readCalendar } from '../../../../../../local/ssm/documents/calendar/read-calendar.ts';

const calendar = (...lines: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    ...lines,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const event = (...lines: readonly string[]) => [
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:freeze',
  ...lines,
  'END:VEVENT',
];
const OPEN = 'X-CALENDAR-TYPE:DEFAULT_OPEN';
const CLOSED = 'X-CALENDAR-TYPE:DEFAULT_CLOSED';

/** Start and end of the one event. */
function spanOf(...lines: readonly string[]): readonly string[] {
  const { events } = readCalendar(calendar(OPEN, ...event(...lines)));
  return events.flatMap(({ start, end }) => [start.toISOString(), end.toISOString()]);
}

describe('a change calendar', () => {
  it("is read as Systems Manager's console makes it, empty", () => {
    const todo = ['BEGIN:VTODO', 'DTSTAMP:20200320T004207Z', 'UID:1', 'SUMMARY:Add events.', 'END:VTODO'];
    expect(readCalendar(calendar(OPEN, 'X-WR-CALDESC:test', ...todo))).toEqual({
      isOpenByDefault: true,
      events: [],
      unsupported: [],
    });
    expect(readCalendar(calendar(CLOSED)).isOpenByDefault).toBe(false);
  });

  it.each([
    [
      'in UTC',
      ['DTSTART:20240513T080000Z', 'DTEND:20240513T180000Z'],
      '2024-05-13T08:00',
      '2024-05-13T18:00',
    ],
    [
      'in a zone',
      ['DTSTART;TZID=Asia/Tokyo:20240513T080000', 'DTEND;TZID=Asia/Tokyo:20240513T180000'],
      '2024-05-12T23:00',
      '2024-05-13T09:00',
    ],
    [
      'in a zone with quotes, in summer',
      ['DTSTART;TZID="Europe/Zurich":20240713T080000', 'DTEND;TZID="Europe/Zurich":20240713T090000'],
      '2024-07-13T06:00',
      '2024-07-13T07:00',
    ],
    [
      'without a zone',
      ['DTSTART:20240513T080000', 'DTEND:20240513T090000'],
      '2024-05-13T08:00',
      '2024-05-13T09:00',
    ],
    [
      'of whole days',
      ['DTSTART;VALUE=DATE:20240101', 'DTEND;VALUE=DATE:20240103'],
      '2024-01-01T00:00',
      '2024-01-03T00:00',
    ],
    ['of one day', ['DTSTART;VALUE=DATE:20240101'], '2024-01-01T00:00', '2024-01-02T00:00'],
    [
      'of one day in a zone, the day that has 23 hours',
      ['DTSTART;VALUE=DATE;TZID=Europe/Zurich:20240331'],
      '2024-03-30T23:00',
      '2024-03-31T22:00',
    ],
  ])('an event %s', (_, lines, start, end) => {
    expect(spanOf(...lines)).toEqual([`${start}:00.000Z`, `${end}:00.000Z`]);
  });

  it("an event without a zone is in the calendar's", () => {
    const text = calendar(OPEN, 'X-WR-TIMEZONE:Asia/Tokyo', ...event('DTSTART;VALUE=DATE:20240101'));
    expect(readCalendar(text).events[0]?.start.toISOString()).toBe('2023-12-31T15:00:00.000Z');
  });

  it('lines may be folded, and end with a line feed alone', () => {
    const text = calendar(OPEN, ...event('DTSTART:2024', ' 0513T080000Z', 'DTEND:20240513T180000Z'));
    expect(readCalendar(text.replaceAll('\r\n', '\n')).events).toHaveLength(1);
  });

  it("what is nested in an event, such as an alarm, says nothing about the event's time", () => {
    const alarm = ['BEGIN:VALARM', 'DURATION:PT5M', 'END:VALARM'];
    expect(spanOf('DTSTART:20240513T080000Z', 'DTEND:20240513T180000Z', ...alarm)).toHaveLength(2);
  });

  it.each([
    ['recurs', ['DTSTART:20240513T080000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO'], /"freeze" recurs \(RRULE\)/],
    ['is the exception of one that recurs', ['DTSTART:20240513T080000Z', 'RECURRENCE-ID:1'], /RECURRENCE-ID/],
    ['has a duration', ['DTSTART:20240513T080000Z', 'DURATION:PT1H'], /DURATION/],
    ['is of another type', ['DTSTART:20240513T080000Z', 'X-EVENT-TYPE:ADVISORY'], /type ADVISORY/],
    ["has a zone that is none of IANA's", ['DTSTART;TZID=W. Europe:20240513T080000'], /zone W. Europe/],
  ])('an event that %s is said not to be supported', (_, lines, why) => {
    const { events, unsupported } = readCalendar(calendar(OPEN, ...event(...lines)));
    expect(events).toEqual([]);
    expect(unsupported).toEqual([expect.stringMatching(why)]);
  });

  it.each([
    ['nothing', ''],
    ['a runbook', 'schemaVersion: "0.3"'],
    ['no end', calendar(OPEN).replace('END:VCALENDAR', '')],
    ['no type', calendar()],
    ['another type', calendar('X-CALENDAR-TYPE:constructor')],
    ['an event without an end', calendar(OPEN, 'BEGIN:VEVENT', 'DTSTART:20240513T080000Z')],
    ['an end of something else', calendar(OPEN, 'BEGIN:VEVENT', 'END:VTODO')],
    ['an event without a start', calendar(OPEN, ...event())],
    ['a time that is none', calendar(OPEN, ...event('DTSTART:tomorrow'))],
    ['a day that is none', calendar(OPEN, ...event('DTSTART;VALUE=DATE:20241301'))],
    ['a line that is none', calendar(OPEN, 'hello')],
  ])('%s is no calendar', (_, text) => {
    expect(() => readCalendar(text)).toThrow(expect.objectContaining({ code: 'InvalidDocumentContent' }));
  });

  it('never throws anything but an error of AWS (property)', () => {
    const line = fc.oneof(
      fc.constantFrom(
        OPEN,
        'BEGIN:VEVENT',
        'END:VEVENT',
        'DTSTART:20240513T080000Z',
        'DTEND;TZID=Asia/Tokyo:20240513T080000',
      ),
      fc.string(),
      fc
        .tuple(
          fc.constantFrom('DTSTART', 'DTEND', 'DTSTART;TZID=UTC'),
          fc.stringMatching(/^\d{8}(T\d{6}Z?)?$/),
        )
        .map((pair) => pair.join(':')),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        try {
          const { events } = readCalendar(calendar(OPEN, ...lines));
          for (const { start, end } of events)
            expect([start.getTime(), end.getTime()]).not.toContain(Number.NaN);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
      }),
    );
  });
});

describe('the state of calendars', () => {
  const hours = (type: string, from: number, to: number) =>
    readCalendar(calendar(type, ...event(`DTSTART:20240513T${from}0000Z`, `DTEND:20240513T${to}0000Z`)));
  const at = (time: string) => new Date(`2024-05-13T${time}:00Z`);

  it.each([
    [OPEN, '09:59', true, '10:00'],
    [OPEN, '10:00', false, '12:00'],
    [OPEN, '11:59', false, '12:00'],
    [OPEN, '12:00', true, undefined],
    [CLOSED, '09:59', false, '10:00'],
    [CLOSED, '10:00', true, '12:00'],
    [CLOSED, '12:00', false, undefined],
  ])('%s at %s: open is %s, until %s', (type, time, isOpen, until) => {
    expect(stateAt([hours(type, 10, 12)], at(time))).toEqual({ isOpen, changesAt: until && at(until) });
  });

  it('several are open where all are, and change where that does', () => {
    const both = [hours(OPEN, 10, 12), hours(OPEN, 11, 13)];
    expect(stateAt(both, at('09:00'))).toEqual({ isOpen: true, changesAt: at('10:00') });
    expect(stateAt(both, at('10:30'))).toEqual({ isOpen: false, changesAt: at('13:00') });
  });

  it('events that touch or overlap are one', () => {
    const text = calendar(
      OPEN,
      ...event('DTSTART:20240513T100000Z', 'DTEND:20240513T110000Z'),
      ...event('DTSTART:20240513T110000Z', 'DTEND:20240513T120000Z'),
    );
    expect(stateAt([readCalendar(text)], at('10:00')).changesAt).toEqual(at('12:00'));
  });
});
