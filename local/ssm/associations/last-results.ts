import type { RequestContext } from '../../service.ts';
import type { Association } from './association.ts';
import type { AssociationDeps } from './deps.ts';
import { type AssociationResult, resultsOf } from './run-association.ts';

/** What the last execution of an association came to; nothing where it never ran. */
export async function lastResults(
  deps: AssociationDeps,
  { executions }: Association,
  context: RequestContext,
): Promise<AssociationResult[]> {
  const last = executions.at(-1);
  return last ? resultsOf(deps, last, context) : [];
}
