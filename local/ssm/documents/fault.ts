/** What is wrong with a document. AWS accepts a document that has warnings only. */
export interface Fault {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Such as `UnknownStep`; for programs. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
}

/** Keys and indices that lead from the top of a document to what a fault is about. */
export type Path = readonly (string | number)[];

/** A fault before its place is known. */
export interface Finding {
  readonly path: Path;
  /** Whether the key at the path is meant, or its value. @default value */
  readonly on?: 'key' | 'value';
  readonly message: string;
  readonly code: string;
  /** @default error */
  readonly severity?: 'error' | 'warning';
}

/** Takes what a check finds. */
export type Report = (finding: Finding) => void;
