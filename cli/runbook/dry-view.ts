import pc from 'picocolors';
import type { Journal, Noted } from '../../local/ssm/automation/dry-run/journal.ts';
import { printable, type Screen, shorten } from '../terminal.ts';
import type { ExecutionView } from './execution-view.ts';

/** Lists what a dry run finds, as it finds it; what would be changed is numbered, and never shortened. */
export class DryView {
  readonly #screen: Screen;
  readonly #verbose: boolean;
  #changes = 0;

  constructor(screen: Screen, verbose: boolean) {
    this.#screen = screen;
    this.#verbose = verbose;
  }

  show(noted: Noted): void {
    const where = pc.dim(printable(noted.step));
    const line = (mark: string, text: string) => `${mark.padStart(4)} ${where}  ${text}`;
    switch (noted.kind) {
      case 'change':
        this.#changes += 1;
        this.#screen.print(
          line(
            `${this.#changes}.`,
            `${pc.yellow('would call')} ${pc.bold(callOf(noted))} ${json(noted.input)}`,
          ),
        );
        return;
      case 'read':
        this.#screen.print(
          line('·', `${pc.green('read')} ${callOf(noted)} ${this.#short(noted, json(noted.input))}`),
        );
        return;
      case 'skipped':
        this.#screen.print(
          line(
            '-',
            `${pc.cyan(`would ${noted.what}${noted.mayChange ? ', whose calls are not known:' : ''}`)} ${this.#short(noted, json(noted.inputs))}`,
          ),
        );
        return;
      case 'failure':
        this.#screen.print(line('✗', `${pc.red('would fail:')} ${printable(noted.text)}`));
        return;
      case 'note':
        this.#screen.print(
          line('?', this.#verbose ? printable(noted.text) : shorten(printable(noted.text), 240)),
        );
    }
  }

  #short({ step }: Noted, text: string): string {
    return this.#verbose ? text : shorten(text, Math.max(this.#screen.columns - step.length - 40, 20));
  }
}

/** The end of a dry run, in one line or two. */
export function drySummary({ entries }: Journal, execution: ExecutionView): string {
  const count = (kind: Noted['kind']) => entries.filter((entry) => entry.kind === kind).length;
  const changes = count('change');
  const calls = `${changes} ${changes === 1 ? 'call' : 'calls'} would be made, ${count('read')} read, ${count('skipped')} skipped`;
  const further =
    count('skipped') + count('note') > 0 ? ' What is marked - or ? can mean further calls.' : '';
  const failure = execution.FailureMessage;
  const verdict =
    execution.AutomationExecutionStatus === 'Success'
      ? pc.green('Nothing was changed')
      : `${pc.red(`It would end as ${execution.AutomationExecutionStatus}`)}${failure ? `: ${printable(failure)}` : ''} Nothing was changed`;
  return `${calls}.${further} ${verdict}.`;
}

/** The same for programs. */
export function dryReport(journal: Journal, execution: ExecutionView): object {
  const of = (kind: Noted['kind']) => journal.entries.filter((entry) => entry.kind === kind).map(withoutKind);
  return {
    dryRun: true,
    status: execution.AutomationExecutionStatus,
    failureMessage: execution.FailureMessage ?? null,
    wouldCall: of('change'),
    read: of('read'),
    skipped: of('skipped'),
    notes: of('note'),
    failures: of('failure'),
  };
}

function withoutKind({ kind: _, ...noted }: Noted): object {
  return noted;
}

function callOf({ service, operation }: { service: string; operation: string }): string {
  return printable(`${service}:${operation}`);
}

function json(value: unknown): string {
  return printable(JSON.stringify(value));
}
