import type { JsonObject } from '../../service.ts';
import type { AccountCall } from '../account.ts';

/** `arn:partition:service:region:account:`, of an account that is not AWS's own. */
const ARN = /^(arn:[a-z-]+:([a-z0-9-]+):[a-z0-9-]*:)(\d{12})(?=:)/;

/**
 * Asks as if every account were this one: resources that a call names by the ARNs of other accounts are this account's,
 * and its answer has them by the names that were asked for. An ARN of another service is left as it is: it names no
 * resource that the call acts upon, but a principal, a key or an organization.
 */
export function asOneAccount(
  { accountId, ask }: { readonly accountId: string; readonly ask: (input: JsonObject) => JsonObject },
  { service, input }: Pick<AccountCall, 'service' | 'input'>,
): JsonObject {
  const asked = new Map<string, string>();
  const own = (text: string): string => {
    const [, , of, account] = ARN.exec(text) ?? [];
    if (account === undefined || account === accountId || (service !== 'tagging' && of !== service))
      return text;
    const renamed = text.replace(ARN, `$1${accountId}`);
    asked.set(renamed, text);
    return renamed;
  };
  const output = ask(mapTexts(input, own));
  return asked.size === 0 ? output : mapTexts(output, (text) => asked.get(text) ?? text);
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  // Each kind of value comes back as the same kind, which the compiler cannot see.
  return mapped(value, change) as Value;
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [change(key), mapped(each, change)]));
}
