import pc from 'picocolors';
import type { Remediation } from '../../shared/domain/remediation.ts';
import { factLines } from '../facts.ts';
import { stateCell, timeText } from '../paint.ts';
import { printable } from '../terminal.ts';

/** One attempt: its state, why, when it was in which, and what else is to be told of it. */
export function attemptLines(attempt: Remediation, more: Readonly<Record<string, string>> = {}): string[] {
  const { text, paint } = stateCell(attempt.state);
  const { document, parameters, opsItemId, automationExecutionId, approval, nextActionAt } = attempt;
  const times = Object.entries(attempt.enteredAt).toSorted(([, a], [, b]) => (a < b ? -1 : 1));
  const facts = {
    why: attempt.stateReason,
    when: times.map(([state, at]) => `${timeText(at)} ${state}`).join(', '),
    runbook: document,
    parameters: parameters && JSON.stringify(parameters),
    execution: automationExecutionId,
    OpsItem: opsItemId && `${opsItemId}${attempt.sharesOpsItem ? ' (of many findings)' : ''}`,
    approved: approval && `by ${approval.by} at ${timeText(approval.at)}`,
    next: nextActionAt && timeText(nextActionAt),
    ...more,
  };
  return [
    `${pc.bold(printable(attempt.attempt))} ${paint(printable(text))}`,
    ...factLines(facts).map((line) => `  ${line}`),
  ];
}
