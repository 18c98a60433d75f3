import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../local/service-definition/schedule-expression.ts';

// A Friday.
const after = new Date('2026-01-02T03:04:05.000Z');
const next = (expression: string, timezone = 'UTC') =>
  parseSchedule(expression, timezone)(after)?.toISOString();

describe('parseSchedule', () => {
  it.each([
    ['rate(1 minute)', '2026-01-02T03:05:05.000Z'],
    ['rate(5 minutes)', '2026-01-02T03:09:05.000Z'],
    ['rate(1 hour)', '2026-01-02T04:04:05.000Z'],
    ['rate(2 days)', '2026-01-04T03:04:05.000Z'],
    ['cron(0 12 * * ? *)', '2026-01-02T12:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-01-02T03:15:00.000Z'],
    ['cron(15 10 ? * MON *)', '2026-01-05T10:15:00.000Z'],
    // AWS counts from 1, Sunday.
    ['cron(0 8 ? * 1 *)', '2026-01-04T08:00:00.000Z'],
    ['cron(0 8 ? * 2-6 *)', '2026-01-02T08:00:00.000Z'],
    ['cron(0 8 ? * 7 *)', '2026-01-03T08:00:00.000Z'],
    ['cron(0 8 1 * ? *)', '2026-02-01T08:00:00.000Z'],
    ['cron(0 0 1 1 ? 2030)', '2030-01-01T00:00:00.000Z'],
  ])('%s', (expression, expected) => {
    expect(next(expression)).toBe(expected);
  });

  it('reads cron in its time zone', () => {
    expect(next('cron(0 12 * * ? *)', 'America/New_York')).toBe('2026-01-02T17:00:00.000Z');
  });

  it('has no next run after its last year', () => {
    expect(next('cron(0 0 1 1 ? 2020)')).toBeUndefined();
  });

  it.each([
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(0 minutes)',
    'rate(1.5 hours)',
    'rate(1 week)',
    'cron(* * * * *)',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(99 12 * * ? *)',
    'cron(0 12 * * ? *',
    'every minute',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression, 'UTC')).toThrow(`'${expression}'`);
  });
});
