import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';

/** A step that a branch can go to, and where in its inputs that is said. */
export interface BranchTarget {
  readonly target: string;
  readonly key: readonly (string | number)[];
}

/** The steps that a branch can go to; names that a token will fill in are left out. */
export function branchTargets({ Choices: choices, Default: fallback }: JsonObject): BranchTarget[] {
  const list: readonly unknown[] = Array.isArray(choices) ? choices : [];
  const targets: BranchTarget[] = [];
  const add = (target: unknown, key: BranchTarget['key']) => {
    if (typeof target === 'string' && !target.includes('{{')) targets.push({ target, key });
  };
  for (const [index, choice] of list.entries()) {
    if (isJsonObject(choice)) add(choice.NextStep, ['Choices', index, 'NextStep']);
  }
  add(fallback, ['Default']);
  return targets;
}
