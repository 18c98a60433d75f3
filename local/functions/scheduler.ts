import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { parseSchedule } from '../service-definition/schedule-expression.ts';
import type { FunctionDefinition, ScheduleDefinition } from '../service-definition/service-definition.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly accountId: string;
  readonly region: string;
  readonly signal: AbortSignal;
  /** Calls the function asynchronously. */
  readonly enqueue: (fn: FunctionDefinition, event: unknown) => void;
}

/**
 * Calls a function on schedule until the signal is aborted. A run that comes due while the machine sleeps comes once.
 * @throws Error for an expression that is none
 */
export function startSchedule(
  fn: FunctionDefinition,
  schedule: ScheduleDefinition,
  options: SchedulerOptions,
): Promise<void> {
  const nextRun = parseSchedule(schedule.expression, schedule.timezone);
  return runSchedule(nextRun, options, (due) => {
    options.enqueue(fn, schedule.input ?? scheduledEvent(schedule, due, options));
  });
}

async function runSchedule(
  nextRun: (after: Date) => Date | undefined,
  { clock, signal }: SchedulerOptions,
  call: (due: Date) => void,
): Promise<void> {
  let after = clock.now();
  for (;;) {
    const due = nextRun(after);
    if (due === undefined) return;
    try {
      await sleepUntil(due, clock, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    call(due);
    after = new Date(Math.max(due.getTime(), clock.now().getTime()));
  }
}

/** Timers hold 24 days at most. */
const longestSleepMs = 86_400_000;

async function sleepUntil(due: Date, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const left = due.getTime() - clock.now().getTime();
    if (left <= 0) return;
    await clock.sleep(Math.min(left, longestSleepMs), signal);
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent(
  { name, method }: ScheduleDefinition,
  due: Date,
  { ids, accountId, region }: SchedulerOptions,
): object {
  const isRule = method === 'eventBus';
  const resource = isRule
    ? `events:${region}:${accountId}:rule/${name}`
    : `scheduler:${region}:${accountId}:schedule/default/${name}`;
  return {
    version: '0',
    id: ids.uuid(),
    'detail-type': 'Scheduled Event',
    source: isRule ? 'aws.events' : 'aws.scheduler',
    account: accountId,
    time: due.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:${resource}`],
    detail: isRule ? {} : '{}',
  };
}
