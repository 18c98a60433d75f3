import { GetRoleCommand, type IAMClient, NoSuchEntityException, type Role } from '@aws-sdk/client-iam';
import { objectIn } from '../dlq/letter.ts';

/** A role of this account. @returns undefined: there is none */
export async function findRole(client: IAMClient, RoleName: string): Promise<Role | undefined> {
  try {
    return (await client.send(new GetRoleCommand({ RoleName }))).Role;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

/**
 * Whether a role's trust policy lets a service assume it, as far as its principals say; its conditions are not evaluated.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html: the document is percent-encoded JSON
 */
export function trusts({ AssumeRolePolicyDocument = '' }: Role, service: string): boolean {
  const { Statement } = objectIn(JSON.parse(decodeURIComponent(AssumeRolePolicyDocument) || '{}'));
  return listIn(Statement).some((statement) => {
    const { Effect, Principal, Action } = objectIn(statement);
    const services = Principal === '*' ? ['*'] : listIn(objectIn(Principal).Service);
    const actions = listIn(Action);
    return (
      Effect === 'Allow' &&
      (services.includes(service) || services.includes('*')) &&
      actions.some((action) => action === 'sts:AssumeRole' || action === 'sts:*' || action === '*')
    );
  });
}

/** `Name` of `arn:aws:iam::111122223333:role/path/Name`, and the account. */
export function roleIn(arn: string): { readonly account: string; readonly name: string } | undefined {
  const [, account, name] = /^arn:[^:]+:iam::(\d{12}):role\/(?:[^:]*\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}

function listIn(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
