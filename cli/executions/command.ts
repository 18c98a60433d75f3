import type { Command } from 'commander';
import { STATES } from '../../shared/domain/lifecycle.ts';
import { addConnection, addJson } from '../connection-options.ts';
import { addListOptions } from '../list-options.ts';
import { addManual, DONE, type Manual } from '../manual.ts';

const load = () => import('./run.ts');

const ATTEMPTS = `executions: [{findingId, attempt, state, stateReason, reasonCode, checkName,
  resource, account, region, document?, parameters?, opsItemId?,
  automationExecutionId?, approval?, enteredAt: {STATE: time}, nextActionAt?,
  …}]`;

/** Adds executions list and show. */
export function addExecutions(program: Command): void {
  const executions = program
    .command('executions')
    .summary('what was done about findings, attempt by attempt, and why')
    .description('What was done about findings, attempt by attempt, and why.');

  const list = executions
    .command('list')
    .summary('list attempts, with the reason of each')
    .description(
      'Lists attempts, each with its reason. They come in no order; those of one page, the newest first.',
    );
  addListOptions(list, STATES);
  finish(list, {
    json: `{${ATTEMPTS}, nextToken?}`,
    examples: [
      'remediator executions list --state Deferred',
      'remediator executions list --resource sg- --limit 1000 --json',
    ],
  }).action(async (options) => (await load()).runList(options));

  const show = executions
    .command('show')
    .summary('show attempts in full')
    .description('Shows every attempt that an ID names, with reasons, parameters and times.')
    .argument('<id>', "an automation execution's, an OpsItem's, or a finding's (or the beginning of it)");
  finish(show, {
    json: `{${ATTEMPTS}}`,
    examples: [
      'remediator executions show oi-0123456789ab',
      'remediator executions show 4105a4fc-f944-11e6-9d32-0a1b2c3d4e5f',
    ],
  }).action(async (id, options) => (await load()).runShow(id, options));
}

function finish(command: Command, manual: Manual): Command {
  addManual(addJson(command), { exitCodes: DONE, ...manual });
  return addConnection(command, ['automationExecutionTrackerTable']);
}
