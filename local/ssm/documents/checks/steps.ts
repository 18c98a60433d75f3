import { AWS_ACTIONS } from '../actions.ts';
import { branchTargets } from '../branch-targets.ts';
import type { Report } from '../fault.ts';
import { toOnEvent } from '../to-steps.ts';
import type { WrittenStep } from '../walk-steps.ts';

/** Names, actions, and the steps that steps lead to. */
export function checkSteps(steps: readonly WrittenStep[], report: Report): void {
  const seen = new Set<string>();
  for (const step of steps) {
    if (step.name !== '' && seen.has(step.name)) {
      report({
        path: [...step.path, 'name'],
        message: `step ${step.name}: another step has the same name`,
        code: 'DuplicateStep',
      });
    }
    seen.add(step.name);
    checkAction(step, report);
    checkEnd(step, report);
    checkTargets(step, report);
  }
}

function checkAction({ path, name, action }: WrittenStep, report: Report): void {
  if (action === '' || AWS_ACTIONS.has(action)) return;
  report({
    path: [...path, 'action'],
    message: `step ${name}: there is no action ${action}. Actions: ${[...AWS_ACTIONS.keys()].join(', ')}`,
    code: 'UnknownAction',
  });
}

function checkEnd({ path, name, content }: WrittenStep, report: Report): void {
  if (content.nextStep === undefined || !/^true$/i.test(String(content.isEnd))) return;
  report({
    path: [...path, 'nextStep'],
    message: `step ${name}: a step with isEnd: true can't have a nextStep`,
    code: 'EndWithNextStep',
  });
}

function checkTargets(step: WrittenStep, report: Report): void {
  const { content, path, name } = step;
  if (typeof content.nextStep === 'string')
    checkTarget(step, { target: content.nextStep, key: ['nextStep'], report });
  for (const property of ['onFailure', 'onCancel'] as const) {
    const value = content[property];
    if (typeof value !== 'string') continue;
    const event = toOnEvent(value, property === 'onFailure' ? ['Abort', 'Continue'] : ['Abort']);
    if (event === undefined) {
      report({
        path: [...path, property],
        message: `step ${name}: ${property} has to be Abort${property === 'onFailure' ? ', Continue' : ''} or step:name`,
        code: 'InvalidEvent',
      });
    } else if (event.startsWith('step:')) {
      checkTarget(step, { target: event.slice('step:'.length), key: [property], report });
    }
  }
  if (step.action !== 'aws:branch') return;
  for (const { target, key } of branchTargets(step.inputs))
    checkTarget(step, { target, key: ['inputs', ...key], report });
}

function checkTarget(
  step: WrittenStep,
  to: { readonly target: string; readonly key: readonly (string | number)[]; readonly report: Report },
): void {
  for (let from: WrittenStep | undefined = step; from !== undefined; from = from.loop) {
    if (from.siblings.some(({ name }) => name === to.target)) return;
  }
  to.report({
    path: [...step.path, ...to.key],
    message: `step ${step.name}: ${to.key.join('.')} names a step ${to.target} that does not exist`,
    code: 'UnknownStep',
  });
}
