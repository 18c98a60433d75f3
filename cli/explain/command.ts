import { type Command, Option } from 'commander';
import { addConnection, addJson } from '../connection-options.ts';
import { addManual, judged } from '../manual.ts';

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
  addManual(addJson(command), {
    exitCodes: judged('explained, whatever the decision', 'explained, but for an event that no source reads'),
    json: `{events: [{finding, tracking: {written, sentence, findingId, episode},
  attempt?, mapping, match, parameters, refusal?,
  gates: [{name, says, verdict?}],
  brakes: [{name, says, verdict?}], decidedBy: {part, name?},
  decision: {action, reason, until?, …}, assumed: [sentence]}
  or {finding, tracking, instead, assumed}
  or {error: {code, message, remedy}}]}`,
    examples: [
      'remediator explain examples/finding.json --mappings examples/mapping.json',
      'remediator explain event.json --mappings mappings --tags env=prod team=web',
      'remediator explain event.json --profile security --region eu-west-1 --json',
    ],
  });
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
