import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';

export const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const AUTHENTICATED_USERS = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const LOG_DELIVERY = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const GROUPS: ReadonlySet<string> = new Set([ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY]);

export const permission = z.enum(['FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP']);
export type Permission = z.output<typeof permission>;

export type Grantee =
  | { readonly Type: 'CanonicalUser'; readonly ID: string; readonly DisplayName?: string | undefined }
  | { readonly Type: 'Group'; readonly URI: string };

export interface Grant {
  readonly Grantee: Grantee;
  readonly Permission: Permission;
}

/** The canonical user ID of an account: 64 hexadecimal digits, made of its number. */
export function canonicalIdOf(accountId: string): string {
  return Buffer.from(accountId).toString('hex').padEnd(64, '0');
}

export function ownerOf(accountId: string): { readonly ID: string } {
  return { ID: canonicalIdOf(accountId) };
}

/** The canned ACLs. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
export const cannedAcl = z.enum([
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
]);
export type CannedAcl = z.output<typeof cannedAcl>;

/** The grants that a canned ACL stands for. */
export function cannedGrants(acl: CannedAcl, accountId: string): readonly Grant[] {
  const group = (URI: string, Permission: Permission): Grant => ({
    Grantee: { Type: 'Group', URI },
    Permission,
  });
  const others: Readonly<Partial<Record<CannedAcl, readonly Grant[]>>> = {
    'public-read': [group(ALL_USERS, 'READ')],
    'public-read-write': [group(ALL_USERS, 'READ'), group(ALL_USERS, 'WRITE')],
    'authenticated-read': [group(AUTHENTICATED_USERS, 'READ')],
    'log-delivery-write': [group(LOG_DELIVERY, 'WRITE'), group(LOG_DELIVERY, 'READ_ACP')],
  };
  return [ownerGrant(accountId), ...(others[acl] ?? [])];
}

/** Full control for the owner: what every bucket starts with. */
export function ownerGrant(accountId: string): Grant {
  return { Grantee: { Type: 'CanonicalUser', ...ownerOf(accountId) }, Permission: 'FULL_CONTROL' };
}

/** Whether grants let everybody, or everybody who has some AWS account, in. */
export function isPublicAcl(grants: readonly Grant[]): boolean {
  return grants.some(
    ({ Grantee }) => Grantee.Type === 'Group' && [ALL_USERS, AUTHENTICATED_USERS].includes(Grantee.URI),
  );
}

/** Whether grants are no more than the owner's own: such are taken where ACLs are disabled too. */
export function isOwnerOnly(grants: readonly Grant[], accountId: string): boolean {
  return grants.every(
    ({ Grantee, Permission }) =>
      Grantee.Type === 'CanonicalUser' &&
      Grantee.ID === canonicalIdOf(accountId) &&
      Permission === 'FULL_CONTROL',
  );
}

export const grantee = z.strictObject({
  Type: z.enum(['CanonicalUser', 'AmazonCustomerByEmail', 'Group']),
  DisplayName: z.string().optional(),
  EmailAddress: z.string().optional(),
  ID: z.string().optional(),
  URI: z.string().optional(),
});

/** @throws AwsError InvalidArgument, UnresolvableGrantByEmailAddress */
export function toGrantee({ Type, ID, URI, EmailAddress }: z.output<typeof grantee>): Grantee {
  if (Type === 'AmazonCustomerByEmail' || EmailAddress !== undefined) {
    throw new AwsError(
      'UnresolvableGrantByEmailAddress',
      'The e-mail address you provided does not match any account on record.',
    );
  }
  if (Type === 'Group') {
    if (URI !== undefined && GROUPS.has(URI)) return { Type, URI };
    throw new AwsError('InvalidArgument', 'Invalid group uri');
  }
  if (ID !== undefined && /^[0-9a-f]{64}$/.test(ID)) return { Type, ID };
  throw new AwsError('InvalidArgument', 'Invalid id');
}
