/** Whether an API operation only reads, as far as AWS's names say: `DescribeInstances`, `HeadBucket`. */
export function isReadOnly(operation: string): boolean {
  return /^(Describe|Get|List|Head|Search|Lookup)([A-Z0-9]|$)/.test(operation);
}

/** Operations whose answer nobody needs in order to go on: what follows them can be told as well. */
export function isAnsweredByNothing(operation: string): boolean {
  return /^(Delete|Deregister)[A-Z]/.test(operation);
}
