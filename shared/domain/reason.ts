/** Why something was or was not done: a code to search for, a sentence to read, and what a person can do. */
export interface Reason {
  readonly code: string;
  readonly sentence: string;
  readonly remedy?: string;
}

/** `CODE: sentence remedy`. */
export function sentenceOf(reason: Reason): string {
  return [
    `${reason.code}:`,
    reason.sentence,
    ...(reason.remedy ? [`What to do: ${reason.remedy}`] : []),
  ].join(' ');
}
