import type { Finding } from './finding.ts';
import type { Scope } from './mapping.ts';
import { finds } from './match.ts';
import { quote } from './text.ts';

/** Why a finding is outside a mapping's scope; undefined: it is inside. */
export function outsideOf(scope: Scope, finding: Finding): string | undefined {
  const { accounts, regions, resourcePattern } = scope;
  return (
    listed('account', finding.account, accounts) ??
    listed('region', finding.region, regions) ??
    patterned(finding.resource, resourcePattern)
  );
}

interface Lists {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

function listed(what: string, value: string, { include, exclude }: Lists = {}): string | undefined {
  if (exclude?.includes(value)) return `The mapping excludes the ${what} ${value}.`;
  if (include && !include.includes(value)) return `The mapping includes other ${what}s, not ${value}.`;
  return undefined;
}

function patterned(resource: string, { include, exclude }: NonNullable<Scope['resourcePattern']> = {}) {
  if (exclude !== undefined && finds(exclude, resource))
    return `The mapping's resourcePattern excludes the resource ${quote(resource)}.`;
  if (include !== undefined && !finds(include, resource))
    return `The mapping's resourcePattern does not include the resource ${quote(resource)}.`;
  return undefined;
}
