import type { NewEvent } from '../../events/event.ts';
import type { JsonObject } from '../../service.ts';
import type { EngineDeps } from './deps.ts';
import type { Execution, Status, StepExecution } from './execution.ts';
import { partitionOf } from './system-variables.ts';

/** Puts an execution's present status on the bus, in AWS's shape. A bus that fails ends nothing. */
export function emitExecutionStatus(deps: EngineDeps, execution: Execution): void {
  publish(deps, execution, {
    'detail-type': 'EC2 Automation Execution Status-change Notification',
    detail: { ...commonDetail(execution, execution), ExecutedBy: execution.executedBy },
  });
}

/** Puts a step's present status on the bus. */
export function emitStepStatus(deps: EngineDeps, execution: Execution, step: StepExecution): void {
  publish(deps, execution, {
    'detail-type': 'EC2 Automation Step Status-change Notification',
    detail: {
      ...commonDetail(execution, step),
      StepName: step.definition.name,
      Action: step.definition.action,
    },
  });
}

/** Such as `Nov 29, 2024 7:43:20 PM`, in UTC: not ISO 8601, and AWS's own. */
export function eventTime(date: Date): string {
  const parts = new Map(TIME_FORMAT.formatToParts(date).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('month')} ${part('day')}, ${part('year')} ${part('hour')}:${part('minute')}:${part('second')} ${part('dayPeriod')}`;
}

const TIME_FORMAT = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  hour12: true,
});

interface Timed {
  readonly status: Status;
  readonly startTime?: Date;
  readonly endTime?: Date;
}

function commonDetail(execution: Execution, timed: Timed): JsonObject {
  const { startTime = execution.startTime, endTime } = timed;
  return {
    ExecutionId: execution.id,
    Definition: execution.documentName,
    DefinitionVersion: Number(execution.documentVersion),
    Status: timed.status === 'Cancelled' ? 'Canceled' : timed.status,
    StartTime: eventTime(startTime),
    ...(endTime === undefined ? {} : { EndTime: eventTime(endTime) }),
    Time: endTime === undefined ? 0 : endTime.getTime() - startTime.getTime(),
  };
}

function publish(
  deps: EngineDeps,
  execution: Execution,
  event: Pick<NewEvent, 'detail-type' | 'detail'>,
): void {
  const prefix = `arn:${partitionOf(execution.region)}:ssm:${execution.region}:${execution.accountId}`;
  try {
    deps.events.publish({
      ...event,
      source: 'aws.ssm',
      account: execution.accountId,
      region: execution.region,
      time: deps.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
      resources: [
        `${prefix}:automation-execution/${execution.id}`,
        `${prefix}:automation-definition/${execution.documentName}:${execution.documentVersion}`,
      ],
    });
  } catch (error) {
    deps.reportFault(error);
  }
}
