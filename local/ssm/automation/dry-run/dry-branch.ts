import { isJsonObject } from '../../tags/request.ts';
import type { Action, ActionResult } from '../actions/action.ts';
import type { DryStep } from './dry-step.ts';

/**
 * Branches where the choices can be decided. Where one of them depends on what only a real run knows, it goes on with
 * the branch's default, or else with its first choice, and says so.
 */
export async function dryBranch(action: Action, { context, journal, noted }: DryStep): Promise<ActionResult> {
  const { Choices: choices, Default: fallback } = context.inputs;
  const list = Array.isArray(choices) ? choices.filter(isJsonObject) : [];
  const unknown = journal.placeholdersIn(list);
  if (unknown.length === 0) return action.run(context);
  const targets = [...new Set([...list.map(({ NextStep }) => NextStep), fallback])].filter(
    (target) => typeof target === 'string',
  );
  const nextStep = typeof fallback === 'string' ? fallback : targets[0];
  journal.add({
    ...noted,
    kind: 'note',
    text: `the way on (${targets.join(' or ')}) depends on ${unknown.join(', ')}; shown is ${nextStep}`,
  });
  return nextStep === undefined ? {} : { nextStep };
}
