import pc from 'picocolors';
import { endOf, type RemediationException } from '../../shared/domain/exception.ts';
import type { Clock, ExceptionStore } from '../../shared/ports.ts';
import { timeText } from '../paint.ts';
import { renderRows } from '../rows.ts';
import { printJson, type Ui } from '../ui.ts';

export interface ExceptionListOptions {
  /** A part of it. */
  readonly check?: string;
  readonly resource?: string;
  readonly json?: true;
}

interface Deps {
  readonly exceptions: ExceptionStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly ui: Ui;
}

/** Lists exceptions, those that end first at the top; those that have ended are there until DynamoDB deletes them. */
export async function listExceptions(
  { exceptions, clock, ui }: Deps,
  options: ExceptionListOptions,
): Promise<void> {
  const now = clock.now();
  const found = (await exceptions.list())
    .filter(
      ({ resource, checkName }) =>
        resource.includes(options.resource ?? '') && checkName.includes(options.check ?? ''),
    )
    .toSorted((a, b) => endOf(a) - endOf(b));
  if (options.json) {
    printJson(ui, { exceptions: found.map((each) => ({ ...each, ...endText(each, now) })) });
    return;
  }
  const rows = found.map((each) => {
    const { until, ended } = endText(each, now);
    const state = ended ? { text: 'ended', paint: pc.dim } : { text: 'holds', paint: pc.green };
    return {
      cells: [state, until === undefined ? 'without an end' : timeText(until), each.resource, each.checkName],
      below: `${each.owner}: ${each.reason}`,
    };
  });
  ui.print(rows.length === 0 ? 'No exceptions.' : renderRows(['state', 'until', 'resource', 'check'], rows));
}

function endText(exception: RemediationException, now: Date): { until?: string; ended: boolean } {
  const end = endOf(exception);
  const until = new Date(end);
  return {
    ...(Number.isNaN(until.getTime()) ? {} : { until: until.toISOString() }),
    ended: end <= now.getTime(),
  };
}
