import { basename, dirname, extname, join } from 'node:path';
import pc from 'picocolors';
import { Journal } from '../../local/ssm/automation/dry-run/journal.ts';
import { attachmentsIn } from '../../local/ssm/documents/attachments/folder.ts';
import type { NewDocument } from '../../local/ssm/documents/document-store.ts';
import type { Runbook } from '../../local/ssm/documents/runbook.ts';
import { validateDocument } from '../../local/ssm/documents/validate.ts';
import { openScreen, outliveReaders, printable, type Screen } from '../terminal.ts';
import { DryView, dryReport, drySummary } from './dry-view.ts';
import type { ExecutionView } from './execution-view.ts';
import { LiveView } from './live-view.ts';
import { onInterrupt } from './on-interrupt.ts';
import { openPlace, type Place } from './open-account.ts';
import { readParameters } from './parameters.ts';
import { readDocument } from './read-document.ts';
import { describeMs, outputText } from './step-lines.ts';
import { StepWatcher } from './step-watcher.ts';
import { faultLine } from './validate.ts';

export interface RunOptions {
  readonly parameters?: readonly string[];
  /** `memory`, `aws`, or an endpoint's URL. */
  readonly account: string;
  readonly region?: string;
  readonly dryRun?: true;
  readonly allowWebhooks?: true;
  readonly verbose?: true;
  readonly json?: true;
}

const FAILED = 1;
const INTERRUPTED = 130;

/**
 * Runs one document and shows how it goes. Resolves to the exit code.
 * @throws CliError, AwsError where it can't be run
 */
export async function runRunbook(file: string, options: RunOptions): Promise<number> {
  const text = await readDocument(file);
  const { faults, runbook } = validateDocument(text);
  if (runbook === undefined) {
    for (const fault of faults) process.stderr.write(`${faultLine(file, fault)}\n`);
    if (options.json) {
      const refused = { code: 'INVALID_DOCUMENT', message: `${file} has errors: nothing was run` };
      process.stdout.write(`${JSON.stringify({ refused, faults })}\n`);
    }
    return FAILED;
  }
  const parameters = readParameters(options.parameters ?? [], runbook);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const warning = options.dryRun ? 'THIS READS FROM AWS' : 'THIS ACTS ON AWS';
  const place = await openPlace(options.account, options.region, (whose) =>
    say(pc.bold(pc.red(`${warning}: ${whose}`))),
  );
  const screen = options.json ? SILENT : openScreen();
  outliveReaders();
  const journal = options.dryRun ? journalOn(screen, options) : undefined;
  const verbose = options.verbose === true;
  const view = new LiveView(screen, { verbose, signalUrl: () => session.url });
  const watcher = new StepWatcher(
    (id) => session.get(id),
    (change) => journal ?? view.show(change),
  );
  const { openSession } = await import('./session.ts');
  await using session = await openSession({
    place,
    document: toDocument(file, text),
    runbook,
    allowWebhooks: options.allowWebhooks === true,
    onChange: (executionId) => watcher.look(executionId),
    ...(journal && { journal }),
  });
  const started: { id?: string } = {};
  using interrupt = onInterrupt(() => {
    say('Cancelling; Ctrl-C once more ends at once, without the onCancel steps.');
    if (started.id !== undefined) session.cancel(started.id);
  });
  const id = await session.start(parameters);
  started.id = id;
  // No step begins before the event loop's next turn: the title comes first.
  screen.print(title(file, place, options));
  if (interrupt.happened) session.cancel(id);
  await session.idle();
  const execution = session.get(id);
  if (options.json) {
    const report = journal
      ? dryReport(journal, execution)
      : { ...execution, NestedExecutions: nested(watcher, session.get, id) };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else screen.print(journal ? `\n${drySummary(journal, execution)}` : ending(execution, runbook));
  if (interrupt.happened) return INTERRUPTED;
  return execution.AutomationExecutionStatus === 'Success' ? 0 : FAILED;
}

const SILENT: Screen = { columns: 0, print: () => {}, flash: () => {} };

function journalOn(screen: Screen, { verbose }: RunOptions): Journal {
  const view = new DryView(screen, verbose === true);
  return new Journal((noted) => view.show(noted));
}

function title(file: string, { label, region }: Place, { dryRun }: RunOptions): string {
  const what = dryRun
    ? `${pc.bold('Dry run')} of ${file}, nothing is changed`
    : `${pc.bold('Run')} of ${file}`;
  return `${what} (${printable(label)}, ${printable(region)})\n`;
}

/** A document's name has no characters but these, and three at least. Its attachments are beside the file. */
function toDocument(file: string, content: string): NewDocument {
  const title = basename(file, extname(file));
  const name = title.replaceAll(/[^\w.-]/g, '-').slice(0, 128);
  const folders = [join(dirname(file), title), dirname(file)];
  return {
    name: name.padEnd(3, '-'),
    owner: 'self',
    content,
    format: content.trimStart().startsWith('{') ? 'JSON' : 'YAML',
    createdDate: new Date(),
    displayName: undefined,
    versionName: undefined,
    targetType: undefined,
    attachments: (runbook) => attachmentsIn(folders, runbook),
  };
}

function nested(watcher: StepWatcher, get: (id: string) => ExecutionView, own: string): ExecutionView[] {
  return [...watcher.executionIds].filter((id) => id !== own).map(get);
}

function ending(execution: ExecutionView, { outputs }: Runbook): string {
  const { AutomationExecutionStatus: status, FailureMessage: failure, ExecutionEndTime: end } = execution;
  const ms = (end ?? new Date()).getTime() - execution.ExecutionStartTime.getTime();
  const lines = outputs.map((name) => `  ${outputText(name, execution.Outputs[name] ?? [])}`);
  const shown = lines.length > 0 ? `\n${pc.bold('Outputs')}\n${lines.join('\n')}\n` : '';
  const color = status === 'Success' ? pc.green : pc.red;
  return `${shown}\n${color(status)} in ${describeMs(ms)}${failure ? `: ${printable(failure)}` : ''}`;
}
