import type { Command } from 'commander';
import { addConnection, addJson } from '../connection-options.ts';
import { addListOptions } from '../list-options.ts';
import { addManual, DONE } from '../manual.ts';

/** Adds ops-items list. */
export function addOpsItems(program: Command): void {
  const opsItems = program
    .command('ops-items')
    .summary('what people were told, in OpsCenter')
    .description('What people were told, in OpsCenter.');
  const list = opsItems
    .command('list')
    .summary("list Remediator's OpsItems of one region")
    .description(
      "Lists Remediator's OpsItems of one region, the newest first, each with the state and reason of what it stands for.",
    );
  addListOptions(list, ['Open', 'InProgress', 'Resolved']);
  addManual(addJson(list), {
    exitCodes: DONE,
    json: `{opsItems: [{opsItemId, status, title, createdAt, modifiedAt, reasonCode?,
  state?, reason?}], nextToken?}`,
    examples: [
      'remediator ops-items list --state Open',
      "remediator ops-items list --check 'security groups' --json",
    ],
  });
  addConnection(list, ['automationExecutionTrackerTable']).action(async (options) => {
    const { runList } = await import('./run.ts');
    await runList(options);
  });
}
