import type { State } from '../domain/lifecycle.ts';
import type { Remediation } from '../domain/remediation.ts';
import { askAt } from './start-remediation.ts';
import { type ResolveDeps, resolveOpsItem } from './tell-people.ts';

type Ended = Omit<Remediation, 'opsItemId'> & { readonly opsItemId?: string | undefined };

interface End {
  readonly to: Extract<State, 'Resolved' | 'Verified'>;
  readonly stateReason: string;
  readonly reasonCode: string;
}

/**
 * Ends a remediation whose finding needs nothing more, and resolves its OpsItem. An execution that is under way goes on,
 * and the reconciler looks after what it was counted for.
 */
export async function endRemediation(deps: ResolveDeps, ended: Ended, { to, ...why }: End): Promise<void> {
  const { opsItemId, ...row } = ended;
  const remediation: Remediation = opsItemId === undefined ? row : { ...row, opsItemId };
  const own = opsItemId !== undefined && !remediation.sharesOpsItem;
  if (own) await resolveOpsItem(deps, remediation, why.stateReason);
  const underWay = remediation.state === 'Starting' || remediation.state === 'Running';
  await deps.executions.transition(remediation, to, {
    ...why,
    nextActionAt: underWay || remediation.sharesOpsItem ? askAt(deps.clock.now()) : null,
    ...(opsItemId === undefined ? {} : { opsItemId }),
  });
  // One that stands for others too is resolved when the last of them is over.
  if (!own) await resolveOpsItem(deps, remediation, why.stateReason);
}
