import pc from 'picocolors';

/** What the story is told to: the terminal, or nobody (`--json`). */
export interface Narrator {
  chapter(title: string): void;
  /** Something that happened. */
  step(text: string): void;
  /** What must be so; counted where it is not. */
  expect(held: boolean, text: string): void;
}

export class TerminalNarrator implements Narrator {
  failed = 0;
  readonly #write: (line: string) => void;
  readonly #startedAt = performance.now();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  chapter(title: string): void {
    this.#write(`\n${pc.bold(title)}`);
  }

  step(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(2).padStart(6);
    this.#write(`${pc.dim(`${seconds} s`)}  ${text}`);
  }

  expect(held: boolean, text: string): void {
    if (!held) this.failed += 1;
    this.#write(held ? `          ${pc.green('✓')} ${text}` : `          ${pc.red(`✗ ${text}`)}`);
  }
}
