import { branchTargets } from '../branch-targets.ts';
import type { Report } from '../fault.ts';
import { stepNamedBy } from '../runbook.ts';
import { toOnEvent } from '../to-steps.ts';
import type { WrittenStep } from '../walk-steps.ts';

/** Steps that nothing leads to. AWS takes them, so they are warnings. */
export function checkReach(steps: readonly WrittenStep[], report: Report): void {
  const reached = reachedSteps(steps);
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

/** Those that run, whatever the branches say. */
export function reachedSteps(steps: readonly WrittenStep[]): ReadonlySet<WrittenStep> {
  const reached = new Set<WrittenStep>();
  const lists = new Set(steps.map(({ siblings }) => siblings));
  const open = [...lists].flatMap((list) => list.slice(0, 1));
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (reached.has(step)) continue;
    reached.add(step);
    const cancelled = event(step.content.onCancel);
    open.push(...followingSteps(step), ...(cancelled === undefined ? [] : find(step, cancelled)));
  }
  return reached;
}

/** The steps that can come after one, by its success or its failure. */
export function followingSteps(step: WrittenStep): WrittenStep[] {
  const { siblings, content, action, inputs } = step;
  const targets = [event(content.onFailure)];
  if (typeof content.nextStep === 'string') targets.push(content.nextStep);
  const isBranch = action === 'aws:branch';
  if (isBranch) targets.push(...branchTargets(inputs).map(({ target }) => target));
  if (isBranch && JSON.stringify(inputs).includes('NextStep":"{{')) return [...siblings];
  const next = goesOnInOrder(step) ? siblings[siblings.indexOf(step) + 1] : undefined;
  const found = targets.flatMap((name) => (name === undefined ? [] : find(step, name)));
  return next === undefined ? found : [...found, next];
}

/** Whether a step goes on to the one written behind it, or ends where there is none. */
export function goesOnInOrder({ content, action, inputs }: WrittenStep): boolean {
  const hasDefault = action === 'aws:branch' && inputs.Default !== undefined;
  return !hasDefault && !isEnd(content.isEnd) && content.nextStep === undefined;
}

export function isEnd(value: unknown): boolean {
  return /^true$/i.test(String(value));
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
