import { type Command, InvalidArgumentError, Option } from 'commander';
import { addConnection, addJson, type Connection, regionOf } from '../connection-options.ts';
import { addManual, DONE_OR_REFUSED, type ExitCodes } from '../manual.ts';
import type { Answer } from './judge.ts';

/** What commander gives for an answer. */
export interface AnswerOptions extends Connection {
  readonly opsItemRegion?: string;
  readonly wait?: number | true;
  readonly json?: true;
}

const SUMMARIES: Readonly<Record<Exclude<Answer, 'resume'>, readonly [summary: string, more: string]>> = {
  approve: [
    'say yes to exactly the runbook and parameters that an OpsItem shows',
    'Says yes to exactly the runbook and parameters that an OpsItem shows. Who approved is whoever the credentials belong to.',
  ],
  reject: [
    'say no: nothing is started, and the OpsItem stays open',
    'Says no to what an OpsItem asks: nothing is started, and the OpsItem stays open.',
  ],
  retry: [
    'ask for one more attempt, after the mapping has made all of its own',
    'Asks for one more attempt at what an OpsItem tells of, after the mapping has made all of its own.',
  ],
  undo: [
    "start the mapping's rollback document for what a runbook did",
    "Starts the mapping's rollback document for what the runbook that an OpsItem tells of did.",
  ],
};

/** What an answer prints with --json. */
export const ANSWERED = `{answer, opsItemId, region, next,
 change?: {happened, text, rows: [{findingId, attempt, state, stateReason}]}}`;

/** What the exit codes of an answer mean. */
export const ANSWER_CODES: ExitCodes = {
  ...DONE_OR_REFUSED,
  1: 'refused: nothing was said on it; or what --wait waited for did not come',
};

/** Adds approve, reject, retry and undo. */
export function addAnswers(program: Command): void {
  for (const [answer, [summary, more]] of Object.entries(SUMMARIES) as [Answer, [string, string]][]) {
    const command = program
      .command(answer)
      .summary(summary)
      .description(
        `${more}\nIt is refused where it makes no sense: the OpsItem is not Remediator's, its attempt is in a state that the answer is not for, or it no longer shows what would be started. Sets the operational data "answer" to "${answer}", as the console can too; Remediator hears of it within seconds.`,
      )
      .argument('<ops-item-id>', 'such as oi-0123456789ab');
    addManual(addAnswerOptions(command), {
      exitCodes: ANSWER_CODES,
      json: ANSWERED,
      examples: [
        `remediator ${answer} oi-0123456789ab`,
        `remediator ${answer} oi-0123456789ab --wait --json`,
      ],
    }).action((id: string, options: AnswerOptions) => answerWith(answer, id, options));
  }
}

/** What every answer takes. */
export function addAnswerOptions(command: Command): Command {
  const region = new Option('--ops-item-region <name>', "the OpsItem's region, if not the stack's");
  command
    .option(
      '--wait [seconds]',
      'wait until the answer has shown (120 s without a number), and print what came of it',
      secondsOf,
    )
    .addOption(region.argParser(regionOf));
  addJson(command);
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
