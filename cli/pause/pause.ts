import { RemediatorError } from '../../shared/domain/errors.ts';
import { mappingFrom } from '../../shared/domain/mapping.ts';
import { DEFAULTS_ROW, type PauseNote } from '../../shared/domain/mapping-schema.ts';
import type { Clock } from '../../shared/ports.ts';
import { CliError } from '../cli-error.ts';
import { diffLines } from '../diff.ts';
import { printable } from '../terminal.ts';
import { confirm, printJson, type Ui } from '../ui.ts';
import { type DefaultsRow, type DefaultsTable, modeBefore } from './defaults-row.ts';

export interface PauseDeps {
  readonly table: DefaultsTable;
  readonly clock: Pick<Clock, 'now'>;
  readonly ui: Ui;
}

export interface PauseInput {
  readonly by: string;
  readonly reason?: string | undefined;
  readonly yes?: true | undefined;
  readonly json?: true | undefined;
}

/** Mappings are read at most a minute late: MappingStore in shared/ports.ts. */
const HOLDS = 'It holds within a minute, in every account and region.';

/** Pauses everything: the row `*` is off, and what it said before is remembered in it. */
export async function pauseAll(deps: PauseDeps, input: PauseInput): Promise<void> {
  const before = await deps.table.read();
  if (before?.executionMode === 'off')
    throw new CliError('PAUSED', `Everything is paused already${tellNote(before)}: nothing was changed`, {
      exitCode: 1,
    });
  const mode = before?.executionMode;
  const note: PauseNote = {
    by: input.by,
    at: deps.clock.now().toISOString(),
    ...(input.reason === undefined ? {} : { reason: input.reason }),
    ...(typeof mode === 'string' ? { executionMode: mode } : {}),
  };
  const after = { checkName: DEFAULTS_ROW, ...before, executionMode: 'off', pause: note };
  warnOfFaults(deps.ui, after);
  await change(deps, input, { before, after, question: 'Pause all remediation?' });
  await deps.table.pause(before, note);
  const text = `Paused. ${HOLDS} What runs already goes on to its end; what comes meanwhile waits, and nothing is lost. remediator resume --all ends it.`;
  tell(deps.ui, input, { paused: true, before: before ?? null, after, text });
}

/** Ends a pause: the row `*` is as it was. */
export async function resumeAll(deps: PauseDeps, input: Omit<PauseInput, 'by' | 'reason'>): Promise<void> {
  const before = await deps.table.read();
  if (before?.executionMode !== 'off') {
    const legacy =
      before?.automationStatus === false ? '; its row * has automationStatus false, which only notifies' : '';
    throw new CliError('NOT_PAUSED', `Remediator is not paused${legacy}: nothing was changed`, {
      exitCode: 1,
    });
  }
  const { executionMode: _, pause: __, ...rest } = before;
  const mode = modeBefore(before);
  const after = { ...rest, ...(mode === undefined ? {} : { executionMode: mode }) };
  warnOfFaults(deps.ui, after);
  await change(deps, input, { before, after, question: `End the pause${tellNote(before)}?` });
  await deps.table.resume(before);
  const text = `Resumed. ${HOLDS} What waited is decided anew, and started where nothing else stands in its way, within minutes.`;
  tell(deps.ui, input, { paused: false, before, after, text });
}

interface Change {
  readonly before: DefaultsRow | undefined;
  readonly after: DefaultsRow;
  readonly question: string;
}

async function change(
  { ui }: PauseDeps,
  { yes, json }: Pick<PauseInput, 'yes' | 'json'>,
  { before, after, question }: Change,
): Promise<void> {
  const diff = ['The row * of AutomationMappingTable:', ...diffLines(before, after)].join('\n');
  if (json) ui.remark(diff);
  else ui.print(diff);
  await confirm(ui, question, yes ? { yes } : {});
}

function tell(
  ui: Ui,
  { json }: Pick<PauseInput, 'json'>,
  { text, ...result }: Readonly<Record<string, unknown>> & { readonly text: string },
): void {
  if (json) printJson(ui, { ...result, next: text });
  else ui.print(text);
}

function tellNote({ pause }: DefaultsRow): string {
  const note: Readonly<Record<string, unknown>> =
    typeof pause === 'object' && pause !== null ? { ...pause } : {};
  const reason = note.reason === undefined ? '' : ` (${String(note.reason)})`;
  return note.by === undefined ? '' : ` by ${String(note.by)} since ${String(note.at)}${reason}`;
}

/** In an emergency a broken row is no reason not to pause: nothing is started while it is broken, either. */
function warnOfFaults(ui: Ui, row: DefaultsRow): void {
  try {
    mappingFrom(ANY_ROW, row);
  } catch (error) {
    if (!(error instanceof RemediatorError)) throw error;
    ui.remark(printable(`warning: ${error.message} Nothing is started while it is; ${error.remedy}`));
  }
}

const ANY_ROW = {
  checkName: 'any',
  ssmAutomationDocument: 'any',
  automationParameters: '{}',
  regexPattern: '.*',
  automationStatus: true,
};
