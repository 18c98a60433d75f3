import type { Accounts, Place } from '../ports.ts';
import type { AssumedRoles, Credentials } from './assumed-roles.ts';

/** What a client for a place is given: nothing for our own account, whose role the function has already. */
export type PlaceCredentials = (place: Place) => { readonly credentials?: () => Promise<Credentials> };

interface Own {
  readonly accountId: string;
  readonly region: string;
}

/** Our own account, and those whose role we can assume. */
export function createAccounts({ accountId, region }: Own, roles: AssumedRoles): Accounts {
  return {
    async reaches(account) {
      return account === accountId || !((await roles.assume({ account, region })) instanceof Error);
    },
  };
}

/**
 * Where people are told of what happens in a place: there, or in our own account where there is no role for us. Who is not
 * allowed to act is not allowed to stay silent either.
 */
export function createToldIn({ accountId }: Own, { reaches }: Accounts): (place: Place) => Promise<Place> {
  return async (place) =>
    (await reaches(place.account)) ? place : { account: accountId, region: place.region };
}

/** Credentials in other accounts. The SDK keeps them until shortly before they expire. */
export function createCredentials({ accountId }: Own, roles: AssumedRoles): PlaceCredentials {
  return (place) => {
    if (place.account === accountId) return {};
    return { credentials: () => credentialsIn(roles, place) };
  };
}

/** Callers ask `reaches` first; a call that got here all the same must not go to our own account. */
async function credentialsIn(roles: AssumedRoles, place: Place): Promise<Credentials> {
  const assumed = await roles.assume(place);
  if (assumed instanceof Error) throw assumed;
  return assumed;
}
