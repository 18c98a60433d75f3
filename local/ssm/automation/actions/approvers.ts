import { invalidSignal } from '../signals.ts';

interface Vote {
  /** IAM user names, and ARNs of users, roles or assumed roles. */
  readonly approvers: readonly string[];
  /** Those of them who have decided. */
  readonly decided: readonly string[];
}

/**
 * Which of a step's approvers a sender is. The laptop has one IAM user, and nobody proves who they are: a user
 * who is no approver stands in for the first who has not decided. Roles, such as a function's, are what they are.
 * @throws AwsError InvalidAutomationSignalException for a role that is no approver, or one who has decided already
 */
export function approverOf(principal: string, { approvers, decided }: Vote): string {
  const open = approvers.filter((approver) => !decided.includes(approver));
  const names = namesOf(principal);
  const own = approvers.find((approver) => names.includes(approver));
  const acting = own === undefined && isUser(principal) ? open[0] : own;
  if (acting === undefined) {
    throw invalidSignal(`${principal} is not one of the approvers: ${approvers.join(', ')}.`);
  }
  if (!open.includes(acting)) throw invalidSignal(`${principal} has already decided.`);
  return acting;
}

function isUser(principal: string): boolean {
  return /^arn:[^:]+:iam::\d+:(user\/|root$)/.test(principal);
}

/** `arn:aws:sts::1:assumed-role/Name/session` is also the role itself. */
function namesOf(principal: string): string[] {
  const user = /^arn:[^:]+:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(principal)?.[1];
  const role = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(principal);
  const roleArn = role === null ? [] : [`arn:${role[1]}:iam::${role[2]}:role/${role[3]}`];
  return [principal, ...(user === undefined ? [] : [user]), ...roleArn];
}
