import Table from 'cli-table3';
import pc from 'picocolors';
import type { World } from './world.ts';

/** What the demo came to, as `--json` prints it. */
export interface Report {
  readonly findings: number;
  /** Executions by status. */
  readonly executions: Readonly<Record<string, number>>;
  /** OpsItems by status. */
  readonly opsItems: Readonly<Record<string, number>>;
  readonly expectationsFailed: number;
  readonly elapsedMs: number;
}

/** Counts what is there at the end, over the wire. */
export async function countReport(
  world: World,
  run: Pick<Report, 'expectationsFailed' | 'elapsedMs'>,
): Promise<Report> {
  const [findings, executions, opsItems] = await Promise.all([
    world.rows('CheckTrackerTable'),
    world.executions(),
    world.opsItems(),
  ]);
  return {
    findings: findings.length,
    executions: countBy(executions.map(({ AutomationExecutionStatus }) => AutomationExecutionStatus)),
    opsItems: { Open: 0, Resolved: 0, ...countBy(opsItems.map(({ Status }) => Status)) },
    ...run,
  };
}

/** One line a finding: what it is now, what was done, where its OpsItem stands. */
export async function renderTable(world: World): Promise<string> {
  const [findings, remediations, opsItems] = await Promise.all([
    world.rows('CheckTrackerTable'),
    world.rows('AutomationExecutionTrackerTable'),
    world.opsItems(),
  ]);
  const executions = await world.executions();
  const table = new Table({
    head: ['Check', 'Resource', 'Status', 'Remediation', 'Execution', 'OpsItem'],
    colWidths: [30, 24, 9, 13, 12, 22],
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
  });
  for (const finding of findings) {
    const remediation = remediations.find((each) => each.findingId === finding.findingId);
    const execution = executions.find(
      (each) => each.AutomationExecutionId === remediation?.automationExecutionId,
    );
    const opsItem = opsItems.find((each) => each.OpsItemId === remediation?.opsItemId);
    table.push([
      String(finding.checkName),
      String(finding.resource).split(/[/:]/).at(-1) ?? '',
      colored(String(finding.resourceStatus)),
      String(remediation?.state ?? '-'),
      execution?.AutomationExecutionStatus ?? '-',
      opsItem ? `${opsItem.OpsItemId}\n${opsItem.Status}` : '-',
    ]);
  }
  return table.toString();
}

function colored(status: string): string {
  if (status === 'Red') return pc.red(status);
  return status === 'Yellow' ? pc.yellow(status) : pc.green(status);
}

function countBy(statuses: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status ?? 'none'] = (counts[status ?? 'none'] ?? 0) + 1;
  return counts;
}
