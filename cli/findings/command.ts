import type { Command } from 'commander';
import { addConnection, addJson } from '../connection-options.ts';
import { addListOptions } from '../list-options.ts';
import { addManual, DONE, type Manual } from '../manual.ts';

const load = () => import('./run.ts');

const FINDING = `findingId, episode, source, checkName, checkId?, account, region,
  resource, resourceType, status, statusReason?, severity?, observedAt,
  detail: {…}, …`;

/** Adds findings list and show. */
export function addFindings(program: Command): void {
  const findings = program
    .command('findings')
    .summary('what sources have said of resources')
    .description('What sources have said of resources.');

  const list = findings
    .command('list')
    .summary('list findings, each with what was last decided about it')
    .description(
      'Lists findings, each with the state of its newest attempt and the reason of that. They come in no order; those of one page, the newest first.',
    );
  addListOptions(list, ['Red', 'Yellow', 'Green']);
  finish(list, {
    json: `{findings: [{${FINDING}, remediation?: {…}}],
 unreadable?: [{findingId, error}], nextToken?}
remediation is its newest attempt, as executions list prints it`,
    examples: [
      "remediator findings list --state Red --check 'security groups'",
      'remediator findings list --resource sg- --json',
    ],
  }).action(async (options) => (await load()).runList(options));

  const show = findings
    .command('show')
    .summary('show one finding, and every attempt at it')
    .description('Shows one finding with its details, and every attempt at it, with reasons and times.')
    .argument('<finding-id>', 'the ID, or the beginning of it');
  finish(show, {
    json: `{finding: {${FINDING}},
 attempts: [{…}]}: each as executions list prints it`,
    examples: ['remediator findings show a37cd4d7efc7'],
  }).action(async (id, options) => (await load()).runShow(id, options));
}

function finish(command: Command, manual: Manual): Command {
  addManual(addJson(command), { exitCodes: DONE, ...manual });
  return addConnection(command, ['checkTrackerTable', 'automationExecutionTrackerTable']);
}
