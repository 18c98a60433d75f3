/** Names of errors of the SDK that a function's code looks at. */
export function isAwsError(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
