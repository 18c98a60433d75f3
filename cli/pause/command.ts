import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import {
  ANSWER_CODES,
  ANSWERED,
  type AnswerOptions,
  addAnswerOptions,
  answerWith,
} from '../answer/command.ts';
import { CliError } from '../cli-error.ts';
import { addConnection, addJson, type Connection } from '../connection-options.ts';
import { environment } from '../environment.ts';
import { addManual } from '../manual.ts';

interface PauseOptions extends Connection {
  readonly reason?: string;
  readonly by?: string;
  readonly yes?: true;
  readonly json?: true;
}

interface ResumeOptions extends AnswerOptions {
  readonly all?: true;
  readonly yes?: true;
}

/** Adds pause, which is of everything, and resume, which is of everything or of what one OpsItem tells of. */
export function addPause(program: Command): void {
  const pause = program
    .command('pause')
    .summary('start nothing any more, in any account and region')
    .description(
      'Puts executionMode "off" into the row * of AutomationMappingTable, and keeps all else in it; the mode of before, who, when and why are remembered in its attribute "pause", and are in the reason of all that waits. Shows what changes, and asks.\nIt holds within a minute, everywhere; what runs already goes on to its end. Where somebody changes the row in the same moment, nothing is written.',
    )
    .option('--reason <text>', 'why; it is in the reason of everything that waits', said)
    .option('--by <name>', 'who (default: the user of this machine)', said)
    .option('--yes', 'do not ask');
  addManual(addJson(pause), {
    json: '{paused: true, before, after, next}: before and after are the row *, or null',
    examples: ["remediator pause --reason 'release 4.2' --by alice", 'remediator pause --yes --json'],
  });
  addConnection(pause, ['automationMappingTable']).action(async (options: PauseOptions) => {
    const { runPause } = await import('./run.ts');
    await runPause({ ...options, by: options.by ?? thisUser() });
  });

  const resume = program
    .command('resume')
    .summary("end the pause (--all), or a check's storm or open failure breaker (its OpsItem)")
    .description(
      'With --all: puts the row * of AutomationMappingTable back as it was before the pause. Shows what changes, and asks; it holds within a minute, everywhere.\nWith an OpsItem: sets its operational data "answer" to "resume", which closes the storm and the failure breaker of its check.',
    )
    .argument('[ops-item-id]', 'such as oi-0123456789ab')
    .option('--all', 'end the pause')
    .option('--yes', 'do not ask (--all)');
  addManual(addAnswerOptions(resume), {
    exitCodes: { ...ANSWER_CODES, 1: 'refused, or you said no; or what --wait waited for did not come' },
    json: `with --all: {paused: false, before, after, next}; with an OpsItem:\n${ANSWERED}`,
    examples: ['remediator resume --all', 'remediator resume oi-0123456789ab --wait'],
  });
  addConnection(resume, ['automationMappingTable'], { place: false });
  resume.action(async (id: string | undefined, options: ResumeOptions) => {
    if ((id === undefined) === (options.all === undefined))
      throw new CliError('USAGE', 'resume takes either the ID of an OpsItem, or --all');
    if (id !== undefined) return answerWith('resume', id, options);
    const { runResumeAll } = await import('./run.ts');
    await runResumeAll(options);
  });
}

function said(text: string): string {
  if (text.trim() !== '' && text.length <= 500) return text;
  throw new InvalidArgumentError('It must have 1 to 500 characters.');
}

/** Cron and containers often say nothing of the user, and a container's user may have no name at all. */
function thisUser(): string {
  const named = environment.USER ?? environment.USERNAME;
  if (named) return named;
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR') return 'somebody';
    throw error;
  }
}
