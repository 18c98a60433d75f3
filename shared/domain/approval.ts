import type { Plan } from './brakes.ts';
import type { Circumstances } from './circumstances.ts';
import { digestOf, type Remediation } from './remediation.ts';

const HOUR_MS = 3_600_000;

/**
 * A person's yes to what would be started: to exactly this plan, on the OpsItem, or a click on the finding itself,
 * where nothing has come of it yet. Such a click is a yes to the plan of the first decision after it, and to no other:
 * the decision writes it down as such, and what is written down counts from then on. It holds for as long as a person
 * who is asked has to answer, and for one attempt.
 */
export function approvalOf(
  { current, finding, history, now }: Circumstances,
  { mapping, runbook, parameters }: Plan,
): Remediation['approval'] {
  const click = finding.approval;
  if (current?.approval === undefined && click === undefined) return undefined;
  const of = digestOf(runbook, parameters);
  if (current?.approval?.of === of) return current.approval;
  if (click === undefined) return undefined;
  const age = now.getTime() - Date.parse(click.at);
  if (!(age < mapping.approveWithinHours * HOUR_MS)) return undefined;
  const used = [...history, current].some(
    (each) => each?.approval !== undefined && each.approval.at === click.at && each.approval.by === click.by,
  );
  return used ? undefined : { ...click, of };
}
