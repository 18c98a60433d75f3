import type { ExecutionStore, OpsItems } from '../ports.ts';

export interface ResolveByPersonDeps {
  readonly executions: ExecutionStore;
  readonly opsItems: OpsItems;
}

export interface ResolvedOpsItem {
  readonly opsItemId: string;
  readonly region: string;
  /** ARN of who did it. */
  readonly by: string;
}

/** A person resolved an OpsItem: the remediation that it stands for is over. */
export async function resolveByPerson(
  deps: ResolveByPersonDeps,
  { opsItemId, region, by }: ResolvedOpsItem,
): Promise<'resolved' | 'unchanged'> {
  const data = await deps.opsItems.read(opsItemId, { region });
  const findingId = data?.findingId;
  if (findingId === undefined || data?.closedBy === 'remediator') return 'unchanged';
  const remediations = await deps.executions.list(findingId);
  const open = remediations.filter((each) => each.state !== 'Resolved' && each.opsItemId === opsItemId);
  for (const remediation of open) {
    const stateReason = `PERSON_RESOLVED: ${by} resolved the OpsItem ${opsItemId}.`;
    await deps.executions.transition(remediation, 'Resolved', { stateReason, nextActionAt: null });
  }
  return open.length > 0 ? 'resolved' : 'unchanged';
}
