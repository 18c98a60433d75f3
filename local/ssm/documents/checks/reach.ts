import { branchTargets } from '../branch-targets.ts';
import type { Report } from '../fault.ts';
import { stepNamedBy } from '../runbook.ts';
import { toOnEvent } from '../to-steps.ts';
import type { WrittenStep } from '../walk-steps.ts';

/** Steps that nothing leads to. AWS takes them, so they are warnings. */
export function checkReach(steps: readonly WrittenStep[], report: Report): void {
  const reached = new Set<WrittenStep>();
  const lists = new Set(steps.map(({ siblings }) => siblings));
  const open = [...lists].flatMap((list) => list.slice(0, 1));
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (reached.has(step)) continue;
    reached.add(step);
    open.push(...following(step));
  }
  for (const step of steps) {
    if (reached.has(step)) continue;
    report({
      path: [...step.path, 'name'],
      message: `step ${step.name}: no step leads to it, it never runs`,
      code: 'UnreachableStep',
      severity: 'warning',
    });
  }
}

function following(step: WrittenStep): WrittenStep[] {
  const { siblings, content, action, inputs } = step;
  const targets = [event(content.onFailure), event(content.onCancel)];
  if (typeof content.nextStep === 'string') targets.push(content.nextStep);
  const isBranch = action === 'aws:branch';
  if (isBranch) targets.push(...branchTargets(inputs).map(({ target }) => target));
  if (isBranch && JSON.stringify(inputs).includes('NextStep":"{{')) return [...siblings];
  const goesOn = !(isBranch && inputs.Default !== undefined) && !/^true$/i.test(String(content.isEnd));
  const next = goesOn && content.nextStep === undefined ? siblings[siblings.indexOf(step) + 1] : undefined;
  const found = targets.flatMap((name) => (name === undefined ? [] : find(step, name)));
  return next === undefined ? found : [...found, next];
}

function find(step: WrittenStep, name: string): WrittenStep[] {
  for (let from: WrittenStep | undefined = step; from !== undefined; from = from.loop) {
    const target = from.siblings.find((sibling) => sibling.name === name);
    if (target !== undefined) return [target];
  }
  return [];
}

function event(value: unknown): string | undefined {
  const parsed = typeof value === 'string' ? toOnEvent(value, ['Abort', 'Continue']) : undefined;
  return parsed && stepNamedBy(parsed);
}
