import type { Runbook } from '../documents/runbook.ts';
import { resourcePatternOf } from '../documents/value-types.ts';
import { invalidParameters } from './parameters.ts';
import { asText, fillText } from './tokens.ts';

/**
 * The role that a runbook asks for; undefined where it asks for none.
 * @throws AwsError InvalidAutomationExecutionParametersException for what is not a role's ARN
 */
export function assumeRoleOf(runbook: Runbook, parameters: ReadonlyMap<string, unknown>): string | undefined {
  const role = fillText(runbook.assumeRole ?? '', (name) => parameters.get(name) ?? '', asText).trim();
  checkRole('assumeRole', role);
  checkRole('AutomationAssumeRole', parameters.get('AutomationAssumeRole') ?? '');
  return role === '' ? undefined : role;
}

function checkRole(name: string, role: unknown): void {
  if (role === '' || (typeof role === 'string' && resourcePatternOf('AWS::IAM::Role::Arn')?.test(role)))
    return;
  throw invalidParameters(
    `The ${name} ${JSON.stringify(role)} is not the ARN of an IAM role (arn:aws:iam::123456789012:role/name).`,
  );
}
