import type { Report } from '../fault.ts';
import type { WrittenStep } from '../walk-steps.ts';
import { followingSteps, goesOnInOrder, isEnd, reachedSteps } from './reach.ts';

/**
 * Circles that nothing but a failure leads out of: they run until the engine ends them. AWS takes them, so they are
 * warnings, one for each circle, at its first step.
 */
export function checkCircles(steps: readonly WrittenStep[], report: Report): void {
  const ending = endingSteps(steps);
  const reached = reachedSteps(steps);
  const told = new Set<WrittenStep>();
  for (const step of steps) {
    if (ending.has(step) || told.has(step) || !reached.has(step)) continue;
    const { circle, passed } = follow(step);
    const [first] = steps.filter((each) => circle.includes(each));
    const isTold = circle.some((each) => told.has(each));
    for (const each of passed) told.add(each);
    if (first === undefined || isTold) continue;
    report({
      path: [...first.path, 'name'],
      message: `step ${first.name}: the steps go in a circle (${circle.map(({ name }) => name).join(', ')}) that only a failure ends`,
      code: 'EndlessCircle',
      severity: 'warning',
    });
  }
}

/** Those from which an end can be reached without a failure that aborts. */
function endingSteps(steps: readonly WrittenStep[]): ReadonlySet<WrittenStep> {
  const before = new Map<WrittenStep, WrittenStep[]>();
  for (const step of steps) {
    for (const next of followingSteps(step)) before.set(next, [...(before.get(next) ?? []), step]);
  }
  const ending = new Set<WrittenStep>();
  const open = steps.filter(canEnd);
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (ending.has(step)) continue;
    ending.add(step);
    open.push(...(before.get(step) ?? []));
  }
  return ending;
}

/** A step that leads nowhere known, such as one with a token for its branch, is no circle's. */
function canEnd(step: WrittenStep): boolean {
  if (isEnd(step.content.isEnd) || followingSteps(step).length === 0) return true;
  return goesOnInOrder(step) && step === step.siblings.at(-1);
}

/** Goes on until a step comes again; what lies between is the circle. */
function follow(from: WrittenStep): { circle: readonly WrittenStep[]; passed: readonly WrittenStep[] } {
  const passed: WrittenStep[] = [];
  let step: WrittenStep | undefined = from;
  while (step !== undefined && !passed.includes(step)) {
    passed.push(step);
    step = followingSteps(step)[0];
  }
  return { circle: step === undefined ? [] : passed.slice(passed.indexOf(step)), passed };
}
