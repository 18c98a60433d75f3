import { type Command, InvalidArgumentError, Option } from 'commander';
import { addConnection, addJson, type Connection, EXIT_CODES, regionOf } from '../connection-options.ts';
import type { Answer } from './judge.ts';

/** What commander gives for an answer. */
export interface AnswerOptions extends Connection {
  readonly opsItemRegion?: string;
  readonly wait?: number | true;
  readonly json?: true;
}

const SUMMARIES: Readonly<Record<Exclude<Answer, 'resume'>, string>> = {
  approve: 'say yes to exactly the runbook and parameters that an OpsItem shows',
  reject: 'say no: nothing is started, and the OpsItem stays open',
  retry: 'ask for one more attempt, after the mapping has made all of its own',
  undo: "start the mapping's rollback document for what a runbook did",
};

/** Adds approve, reject, retry and undo. */
export function addAnswers(program: Command): void {
  for (const [answer, summary] of Object.entries(SUMMARIES) as [Answer, string][]) {
    const command = program
      .command(answer)
      .summary(summary)
      .description(
        `On an OpsItem: ${summary}.\nSets its operational data "answer" to "${answer}", as the console can too; Remediator hears of it within seconds.`,
      )
      .argument('<ops-item-id>', 'such as oi-0123456789ab');
    addAnswerOptions(command).action((id: string, options: AnswerOptions) => answerWith(answer, id, options));
  }
}

/** What every answer takes. */
export function addAnswerOptions(command: Command): Command {
  const region = new Option('--ops-item-region <name>', "the OpsItem's region, if not the stack's");
  command
    .option('--wait [seconds]', 'wait until the answer has shown, and print what came of it', secondsOf)
    .addOption(region.argParser(regionOf));
  addJson(command).addHelpText('after', EXIT_CODES);
  return addConnection(command, ['automationExecutionTrackerTable', 'remediationGuardTable']);
}

export async function answerWith(answer: Answer, opsItemId: string, options: AnswerOptions): Promise<void> {
  const { run } = await import('./run.ts');
  process.exitCode = await run(answer, opsItemId, options);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,5}$/.test(text) && seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a number of seconds.');
}
