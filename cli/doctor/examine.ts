import { callOf, type Target, toCliError } from '../aws/faults.ts';
import { CliError } from '../cli-error.ts';
import type { Check, DoctorDeps, Result } from './check.ts';

export interface Examined {
  readonly check: Check;
  readonly results: readonly Result[];
}

/** Nothing can be examined where this is so. */
const HOPELESS: ReadonlySet<string> = new Set(['NO_CREDENTIALS', 'NO_ENDPOINT', 'NO_REGION']);
/** What an endpoint that is not AWS says of an operation that it does not have. */
const NOT_THERE =
  /UnknownOperation|UnknownAction|InvalidAction|NotImplemented|NotYetImplemented|UnsupportedOperation|UnknownService/;
const PREFIXES: Readonly<Record<string, string>> = {
  CloudWatchClient: 'cloudwatch',
  DynamoDBClient: 'dynamodb',
  EventBridgeClient: 'events',
  IAMClient: 'iam',
  LambdaClient: 'lambda',
  SQSClient: 'sqs',
  SSMClient: 'ssm',
  STSClient: 'sts',
  ServiceQuotasClient: 'servicequotas',
};

/**
 * Runs a check. What could not be found out is said, and is no pass.
 * @throws CliError NO_CREDENTIALS, NO_ENDPOINT, NO_REGION; and whatever is a bug
 */
export async function examine(check: Check, deps: DoctorDeps): Promise<Examined> {
  try {
    return { check, results: await check.run(deps) };
  } catch (error) {
    return { check, results: [told(error, deps.aws.target)] };
  }
}

function told(error: unknown, target: Target): Result {
  const known = toCliError(error, target);
  if (!(known instanceof CliError) || HOPELESS.has(known.code)) throw known;
  const action = actionOf(error);
  if (known.code === 'NO_ACCESS')
    return {
      verdict: 'unknown',
      found: `${action} is not allowed with these credentials`,
      remedy: `allow it, or use another --profile (${known.message})`,
    };
  if (target.endpoint !== undefined && isNotThere(error))
    return { verdict: 'skip', found: `${action} is not available on this endpoint` };
  if (known.code === 'NO_TABLE') return { verdict: 'fail', found: known.message };
  return {
    verdict: 'unknown',
    found: `${action} failed: ${reasonOf(error)}`,
    remedy: 'try again in a minute',
  };
}

/** What was answered, where it was anything that can be read. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'SyntaxError')
    return `the answer is none of AWS's (HTTP ${statusOf(error) ?? 'unknown'})`;
  return `${error.name}: ${error.message}`.replaceAll(/\s+/g, ' ');
}

/** As IAM names it: of all that is called here, it is as the operation. */
function actionOf(error: unknown): string {
  const call = error instanceof Error ? callOf(error) : undefined;
  return call === undefined ? 'a call' : `${PREFIXES[call.client] ?? call.client}:${call.operation}`;
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && (NOT_THERE.test(error.name) || statusOf(error) === 501);
}

function statusOf(error: Error): number | undefined {
  const { httpStatusCode }: { httpStatusCode?: number } =
    '$metadata' in error && typeof error.$metadata === 'object' ? { ...error.$metadata } : {};
  return httpStatusCode;
}
