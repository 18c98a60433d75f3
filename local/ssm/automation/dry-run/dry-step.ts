import type { ActionContext } from '../actions/action.ts';
import type { Journal, NotedStep } from './journal.ts';

/** One step of a dry run. */
export interface DryStep {
  readonly context: ActionContext;
  readonly journal: Journal;
  readonly noted: NotedStep;
}
