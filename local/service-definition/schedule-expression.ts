import { Cron } from 'croner';

/** When a schedule runs next. */
export type NextRun = (after: Date) => Date | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or AWS's cron of six fields.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @throws Error that says what is wrong with the expression
 */
export function parseSchedule(expression: string, timezone: string): NextRun {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return parseRate(expression, content);
  if (kind === 'cron') return parseCron(expression, content, timezone);
  throw new Error(`'${expression}' is neither rate(…) nor cron(…)`);
}

function parseRate(expression: string, content: string): NextRun {
  const [, amount = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(content) ?? [];
  const ms = Number(amount) * (unitMs[unit] ?? 0);
  if (ms <= 0 || (amount === '1') !== (plural === '')) {
    throw new Error(`'${expression}' is not a rate: expected 'rate(1 minute)' or 'rate(5 minutes)'`);
  }
  return (after) => new Date(after.getTime() + ms);
}

function parseCron(expression: string, content: string, timezone: string): NextRun {
  const fields = content.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || year === undefined || dayOfWeek === undefined) {
    throw new Error(`'${expression}' is not a cron expression: it has six fields, the last is the year`);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error(`'${expression}' is not a cron expression: one of day-of-month and day-of-week is '?'`);
  }
  try {
    const pattern = ['0', minutes, hours, anyDay(dayOfMonth), month, weekdays(dayOfWeek), year].join(' ');
    const cron = new Cron(pattern, { timezone, paused: true, mode: '7-part', sloppyRanges: true });
    return (after) => cron.nextRun(after) ?? undefined;
  } catch (error) {
    throw new Error(
      `'${expression}' is not a cron expression: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

const anyDay = (field: string | undefined): string | undefined => (field === '?' ? '*' : field);

/** AWS counts days of the week from 1 (Sunday), cron from 0; names are the same. */
function weekdays(field: string): string {
  if (field === '?') return '*';
  const steps = /^(.*)\/(\d+)$/.exec(field);
  const shift = (text: string): string => text.replace(/(?<![#\d])\d+/g, (day) => String(Number(day) - 1));
  return steps === null ? shift(field) : `${shift(steps[1] ?? '')}/${steps[2]}`;
}
