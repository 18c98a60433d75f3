import type { Account } from '../../local/account/account.ts';
import { AwsError } from '../../local/aws-error.ts';
import type { JsonObject } from '../../local/service.ts';
import type { Runbook } from '../../local/ssm/documents/runbook.ts';
import { CliError } from '../cli-error.ts';

export interface ParameterCopy {
  readonly account: Account;
  readonly region: string;
  /** For people: which account it is. */
  readonly label: string;
  readonly put: (parameter: JsonObject) => Promise<unknown>;
}

/**
 * Copies what the runbook's defaults such as `{{ ssm:Name }}` name from the account's Parameter Store to the one that
 * looks them up, but for the parameters that are given. One that is not there is left to the start, which names it.
 * @throws CliError NO_PARAMETER_STORE where the account does not answer for it
 */
export async function copyParameters(
  copy: ParameterCopy,
  runbook: Runbook,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [Name, parameter] of namedByDefaults(runbook, given)) {
    const found = await find(copy, Name, parameter);
    if (found !== undefined) await copy.put({ Name, Value: found.Value, Type: found.Type, Overwrite: true });
  }
}

/** Names in Parameter Store, each with the parameter of the runbook that has it in its default. */
function namedByDefaults(
  runbook: Runbook,
  given: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, default: value } of runbook.parameters.values()) {
    if (typeof value !== 'string' || Object.hasOwn(given, name)) continue;
    for (const [, found] of value.matchAll(/\{\{\s*ssm:\s*([\w./-]+)\s*\}\}/g))
      names.set(String(found), name);
  }
  return names;
}

async function find(
  { account, region, label }: ParameterCopy,
  Name: string,
  parameter: string,
): Promise<JsonObject | undefined> {
  try {
    const input = { Name, WithDecryption: false };
    const answer = await account.call({ service: 'ssm', operation: 'GetParameter', input, region });
    return answer.Parameter as JsonObject;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'ParameterNotFound') return undefined;
    const reason = error.message.replaceAll(/\s+/g, ' ');
    throw new CliError(
      'NO_PARAMETER_STORE',
      `${label}: {{ ssm:${Name} }}, the default of ${parameter}, can't be read there (${error.code}: ${reason}); give --parameters ${parameter}=…`,
      { cause: error },
    );
  }
}
