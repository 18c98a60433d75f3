import type { Execution } from './execution.ts';

/**
 * What `global:` and `automation:` variables hold; undefined for any other token.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html
 */
export function systemVariable(
  token: string,
  execution: Pick<Execution, 'id' | 'accountId' | 'region'>,
  now: Date,
): string | undefined {
  const iso = now.toISOString();
  switch (token.replace(/:\s+/, ':')) {
    case 'automation:EXECUTION_ID':
      return execution.id;
    case 'global:ACCOUNT_ID':
      return execution.accountId;
    case 'global:REGION':
      return execution.region;
    case 'global:AWS_PARTITION':
      return partitionOf(execution.region);
    case 'global:DATE':
      return iso.slice(0, 10);
    case 'global:DATE_TIME':
      return `${iso.slice(0, 10)}_${iso.slice(11, 19).replaceAll(':', '.')}`;
    default:
      return undefined;
  }
}

/** `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
