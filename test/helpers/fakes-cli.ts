import type { Ui } from '../../cli/ui.ts';

/** Keeps what was said, and answers questions as it was told to. */
export class FakeUi implements Ui {
  readonly printed: string[] = [];
  readonly remarks: string[] = [];
  readonly questions: string[] = [];
  says = true;
  readonly print = (text: string): void => void this.printed.push(text);
  readonly remark = (text: string): void => void this.remarks.push(text);

  async ask(question: string): Promise<boolean> {
    this.questions.push(question);
    return this.says;
  }

  /** What `--json` printed: one line. */
  get json(): Record<string, unknown> {
    if (this.printed.length !== 1) throw new Error(`It printed ${this.printed.length} times`);
    return JSON.parse(this.printed[0] ?? '');
  }
}
