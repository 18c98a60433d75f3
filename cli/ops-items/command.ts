import type { Command } from 'commander';
import { addConnection, addJson, EXIT_CODES } from '../connection-options.ts';
import { addListOptions } from '../list-options.ts';

/** Adds ops-items list. */
export function addOpsItems(program: Command): void {
  const opsItems = program.command('ops-items').description('what people were told, in OpsCenter');
  const list = opsItems
    .command('list')
    .summary("list Remediator's OpsItems of one region")
    .description(
      "Lists Remediator's OpsItems of one region, the newest first, each with the state and reason of what it stands for.",
    );
  addListOptions(list, ['Open', 'InProgress', 'Resolved']);
  addJson(list).addHelpText('after', EXIT_CODES);
  addConnection(list, ['automationExecutionTrackerTable']).action(async (options) => {
    const { runList } = await import('./run.ts');
    await runList(options);
  });
}
