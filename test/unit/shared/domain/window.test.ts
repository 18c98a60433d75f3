import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opensAt, windowFault } from '../../../../shared/domain/window.ts';

/** When windows open, by ISO 8601; "now" where one is open. */
function opening(hours: string | readonly string[], timeZone: string, now: string): string | undefined {
  const windows = [hours].flat().map((each) => ({ hours: each, timeZone }));
  const at = opensAt(windows, new Date(now));
  return at?.getTime() === Date.parse(now) ? 'now' : at?.toISOString();
}

describe('opensAt', () => {
  it.each([
    ['before', '2024-05-13T21:59:59.999Z', '2024-05-13T22:00:00.000Z'],
    ['the first moment', '2024-05-13T22:00:00.000Z', 'now'],
    ['in it', '2024-05-13T22:30:17.123Z', 'now'],
    ['the last moment', '2024-05-13T23:59:59.999Z', 'now'],
    ['after', '2024-05-14T00:00:00.000Z', '2024-05-14T22:00:00.000Z'],
    ['Friday night', '2024-05-17T23:59:59.999Z', 'now'],
    ['over the weekend', '2024-05-18T00:00:00.000Z', '2024-05-20T22:00:00.000Z'],
    ['Saturday in its hours', '2024-05-18T22:30:00.000Z', '2024-05-20T22:00:00.000Z'],
    ['Sunday in its hours', '2024-05-19T22:30:00.000Z', '2024-05-20T22:00:00.000Z'],
  ])('* 22-23 * * MON-FRI, %s', (_, now, expected) => {
    expect(opening('* 22-23 * * MON-FRI', 'UTC', now)).toBe(expected);
  });

  it('the day of the week is the time zone’s, not that of UTC', () => {
    // Monday 08:00 in Sydney is Sunday 22:00 in UTC.
    expect(opening('* 8 * * MON', 'Australia/Sydney', '2024-05-12T22:00:00Z')).toBe('now');
    expect(opening('* 8 * * SUN', 'Australia/Sydney', '2024-05-12T22:00:00Z')).not.toBe('now');
  });

  it('of several the first that opens counts', () => {
    const both = ['* 22 * * *', '* 4 * * *'];
    expect(opening(both, 'UTC', '2024-05-13T00:00:00Z')).toBe('2024-05-13T04:00:00.000Z');
    expect(opening(both, 'UTC', '2024-05-13T22:59:59Z')).toBe('now');
  });

  it('without any there is none', () => {
    expect(opensAt([], new Date())).toBeUndefined();
  });

  it('one that never comes again is none', () => {
    expect(opening('0 0 30 2 *', 'UTC', '2024-05-13T00:00:00Z')).toBeUndefined();
  });
});

describe('where the clock changes', () => {
  it.each([
    // The night of 31 March 2024 in Zurich has no hour from 2 to 3.
    ['Europe/Zurich', '* 2 * * *', '2024-03-31T00:59:59Z', '2024-04-01T00:00:00.000Z'],
    ['Europe/Zurich', '30 2 * * *', '2024-03-31T00:59:59Z', '2024-04-01T00:30:00.000Z'],
    ['Europe/Zurich', '* 1 * * *', '2024-03-31T00:59:59Z', 'now'],
    ['Europe/Zurich', '* 3 * * *', '2024-03-31T00:59:59Z', '2024-03-31T01:00:00.000Z'],
    // That of 27 October has it twice.
    ['Europe/Zurich', '* 2 * * *', '2024-10-26T23:59:59Z', '2024-10-27T00:00:00.000Z'],
    ['Europe/Zurich', '* 2 * * *', '2024-10-27T00:30:00Z', 'now'],
    ['Europe/Zurich', '* 2 * * *', '2024-10-27T01:30:00Z', 'now'],
    ['Europe/Zurich', '* 2 * * *', '2024-10-27T02:00:00Z', '2024-10-28T01:00:00.000Z'],
    ['America/New_York', '* 2 * * *', '2024-03-10T06:59:59Z', '2024-03-11T06:00:00.000Z'],
    ['America/New_York', '* 3 * * *', '2024-03-10T06:59:59Z', '2024-03-10T07:00:00.000Z'],
    ['America/New_York', '* 1 * * *', '2024-11-03T05:30:00Z', 'now'],
    ['America/New_York', '* 1 * * *', '2024-11-03T06:30:00Z', 'now'],
    ['America/New_York', '* 1 * * *', '2024-11-03T07:00:00Z', '2024-11-04T06:00:00.000Z'],
    // The same hours before and after the change, an hour apart in UTC.
    ['Europe/Zurich', '* 22 * * *', '2024-03-30T12:00:00Z', '2024-03-30T21:00:00.000Z'],
    ['Europe/Zurich', '* 22 * * *', '2024-03-31T12:00:00Z', '2024-03-31T20:00:00.000Z'],
  ])('%s, %s, at %s: %s', (timeZone, hours, now, expected) => {
    expect(opening(hours, timeZone, now)).toBe(expected);
  });

  it('what is said to open is open then (property)', () => {
    const start = Date.parse('2024-03-09T00:00:00Z');
    fc.assert(
      fc.property(
        fc.nat(400 * 24 * 60),
        fc.constantFrom('* 2 * * *', '30 2 * * SUN', '*/20 1-3 * * *', '0 0 1 * *'),
        fc.constantFrom('Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe'),
        (minutes, hours, timeZone) => {
          const at = opensAt([{ hours, timeZone }], new Date(start + minutes * 60_000));
          expect(opensAt([{ hours, timeZone }], at ?? new Date(0))).toEqual(at);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });
});

describe('windowFault', () => {
  it.each(['* 22-23 * * MON-FRI', '*/5 0-6 * * *', '  * 22 * * *  ', '0 0 29 2 *', '* * ? * MON'])(
    '%j is sound',
    (hours) => {
      expect(windowFault({ hours, timeZone: 'Europe/Zurich' })).toBeUndefined();
    },
  );

  it.each([
    ['', 'hours must have five cron fields'],
    ['@daily', 'hours must have five cron fields'],
    ['2024-01-01T00:00:00Z', 'hours must have five cron fields'],
    ['0 * * * * *', 'hours must have five cron fields'],
    ['0 0 31 2 *', 'hours never match'],
    ['0 0 31 11 *', 'hours never match'],
    ['60 * * * *', 'hours or timeZone: '],
    ['* 22-2 * * *', 'hours or timeZone: '],
    ['* * * * FUNDAY', 'hours or timeZone: '],
  ])('%j: %s', (hours, fault) => {
    expect(windowFault({ hours, timeZone: 'UTC' })).toContain(fault);
  });

  it.each(['Mars/Base', 'CEST', '+25:00'])('the time zone %j is none', (timeZone) => {
    expect(windowFault({ hours: '* * * * *', timeZone })).toContain('hours or timeZone: ');
  });
});
