import { type Command, InvalidArgumentError } from 'commander';
import { type AnswerOptions, addAnswerOptions, answerWith } from '../answer/command.ts';
import { CliError } from '../cli-error.ts';
import { addConnection, addJson, type Connection, EXIT_CODES } from '../connection-options.ts';
import { environment } from '../environment.ts';

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
      'Puts executionMode "off" into the row * of AutomationMappingTable, and keeps all else in it. Shows what changes, and asks.',
    )
    .option('--reason <text>', 'why; it is in the reason of everything that waits', said)
    .option('--by <name>', 'who (default: the user of this machine)', said)
    .option('--yes', 'do not ask');
  addJson(pause).addHelpText('after', EXIT_CODES);
  addConnection(pause, ['automationMappingTable']).action(async (options: PauseOptions) => {
    const { runPause } = await import('./run.ts');
    await runPause({ ...options, by: options.by ?? environment.USER ?? environment.USERNAME ?? 'somebody' });
  });

  const resume = program
    .command('resume')
    .summary("end the pause (--all), or a check's storm or open failure breaker (its OpsItem)")
    .description(
      'With --all: puts the row * of AutomationMappingTable back as it was before the pause. Shows what changes, and asks.\nWith an OpsItem: sets its operational data "answer" to "resume", which closes the storm and the failure breaker of its check.',
    )
    .argument('[ops-item-id]', 'such as oi-0123456789ab')
    .option('--all', 'end the pause')
    .option('--yes', 'do not ask (--all)');
  addAnswerOptions(resume);
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
