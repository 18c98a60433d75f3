import type { JsonObject } from '../../../service.ts';

/** An API call, as a dry run tells of it. */
export interface NotedCall {
  /** Such as `ec2`. */
  readonly service: string;
  /** Such as `RevokeSecurityGroupIngress`. */
  readonly operation: string;
  readonly input: JsonObject;
}

/** Where in a dry run something was noted. */
export interface NotedStep {
  /** Name of the runbook that the step is in. */
  readonly document: string;
  readonly step: string;
  readonly action: string;
}

/**
 * What a dry run found out about a step.
 * - `change`: a call that would be made, and was not
 * - `read`: a call that was made, for it changes nothing
 * - `skipped`: an action without an API call of its own, or a read that needs what does not exist yet
 * - `note`: what can't be known before the changes are made
 * - `failure`: why the step would fail, whatever is changed
 */
export type Noted = NotedStep &
  (
    | ({ readonly kind: 'change' | 'read' } & NotedCall)
    | {
        readonly kind: 'skipped';
        readonly what: string;
        readonly inputs: JsonObject;
        readonly mayChange: boolean;
      }
    | { readonly kind: 'note' | 'failure'; readonly text: string }
  );

/** What a dry run has noted so far. */
export class Journal {
  readonly entries: Noted[] = [];
  readonly #placeholders = new Set<string>();
  readonly #listen: (noted: Noted) => void;

  constructor(listen: (noted: Noted) => void = () => {}) {
    this.#listen = listen;
  }

  add(noted: Noted): void {
    this.entries.push(noted);
    this.#listen(noted);
  }

  /** Whether something was left out that may change the account, so that later steps could build on it. */
  get hasLeftOutChanges(): boolean {
    return this.entries.some(
      (entry) => entry.kind === 'change' || (entry.kind === 'skipped' && entry.mayChange),
    );
  }

  /** What stands for an output that only a real run has: `<Step.Output>`. */
  placeholder(step: string, output: string): string {
    const text = `<${step}.${output}>`;
    this.#placeholders.add(text);
    return text;
  }

  /** The placeholders within a value, however deep. */
  placeholdersIn(value: unknown): string[] {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return [...this.#placeholders].filter((placeholder) => text.includes(placeholder));
  }
}
