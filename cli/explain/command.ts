import { type Command, Option } from 'commander';
import { addConnection, addJson } from '../connection-options.ts';

/** Adds explain. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary('what would happen about an event, and why, step by step')
    .description(
      'Explains what Remediator would do about each finding in a file of events: source, finding, mapping, match, parameters, what each gate and brake says, decision. Writes nothing.\nWith --mappings it needs no AWS; without, it asks the live tables.',
    )
    .argument(
      '<event.json>',
      'an event as EventBridge or SNS sends it, an entry of PutEvents, or a list of them',
    )
    .option(
      '--mappings <file|directory>',
      'mapping rows (JSON, plain or as DynamoDB has it) in place of the live ones',
    )
    .option('--tags <key=value...>', "the resource's tags, in place of asking for them");
  addJson(command).addHelpText(
    'after',
    `
Exit codes:
  0  explained, whatever the decision
  1  explained, but for an event that no source reads
  2  it could not be done: wrong usage, file, table, endpoint, credentials or permission`,
  );
  command.addOption(
    new Option('--cross-account-role-name <name>', 'that of the stack, where it has one').env(
      'REMEDIATOR_CROSS_ACCOUNT_ROLE_NAME',
    ),
  );
  addConnection(command, [
    'checkTrackerTable',
    'automationMappingTable',
    'automationExecutionTrackerTable',
    'remediationExceptionTable',
    'remediationGuardTable',
  ]).action(async (file, options) => {
    const { run } = await import('./run.ts');
    process.exitCode = await run(file, options);
  });
}
