import pc from 'picocolors';
import type { Screen } from '../terminal.ts';
import { shorten } from '../terminal.ts';
import { hasEnded } from './execution-view.ts';
import { detailLines, stepLine } from './step-lines.ts';
import type { StepChange } from './step-watcher.ts';

const SIGNALS: Readonly<Record<string, string>> = { 'aws:approve': 'Approve', 'aws:pause': 'Resume' };

/** Shows each step as it goes. A step that others run in gets a line of its own when they begin. */
export class LiveView {
  readonly #screen: Screen;
  readonly #options: { readonly verbose: boolean; readonly signalUrl: () => string };
  /** The step that was begun last, while nothing else has been shown since. */
  #begun: StepChange | undefined;

  constructor(screen: Screen, options: { verbose: boolean; signalUrl: () => string }) {
    this.#screen = screen;
    this.#options = options;
  }

  show(change: StepChange): void {
    const { step } = change;
    const isSame = this.#begun?.step.StepExecutionId === step.StepExecutionId;
    if (this.#begun !== undefined && !isSame) this.#screen.print(stepLine(this.#begun));
    this.#begun = undefined;
    if (hasEnded(step)) {
      this.#screen.print(stepLine(change));
      for (const line of detailLines(change, this.#screen.columns, this.#options.verbose))
        this.#screen.print(line);
    } else if (step.StepStatus === 'Waiting') {
      this.#screen.print(stepLine(change));
      this.#tellHowToGoOn(change);
    } else {
      this.#begun = change;
      // Color codes would be cut in two: what changes is shown plain.
      this.#screen.flash(
        shorten(
          `${'  '.repeat(change.depth + 1)}▸ ${step.StepName}  ${step.Action} …`,
          this.#screen.columns - 1,
        ),
      );
    }
  }

  #tellHowToGoOn({ execution, step, depth }: StepChange): void {
    const type = SIGNALS[step.Action];
    if (type === undefined) return;
    const margin = '  '.repeat(depth + 3);
    this.#screen.print(`${margin}${pc.yellow(`It waits for the signal ${type}. In another terminal:`)}`);
    this.#screen.print(
      `${margin}AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test aws ssm send-automation-signal --region us-east-1 --endpoint-url ${this.#options.signalUrl()} --automation-execution-id ${execution.AutomationExecutionId} --signal-type ${type}`,
    );
  }
}
