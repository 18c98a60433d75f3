import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { text } from '../input.ts';
import {
  cannedAcl,
  cannedGrants,
  type Grant,
  grantee,
  type Permission,
  permission,
  toGrantee,
} from './acl.ts';

/** The parameters with which requests say an ACL: canned, or grants as headers have them. */
export const aclInput = {
  ACL: cannedAcl.optional(),
  GrantFullControl: text.optional(),
  GrantRead: text.optional(),
  GrantReadACP: text.optional(),
  GrantWrite: text.optional(),
  GrantWriteACP: text.optional(),
};

export const accessControlPolicy = z.strictObject({
  Owner: z.strictObject({ ID: text.optional(), DisplayName: text.optional() }).optional(),
  Grants: z.array(z.strictObject({ Grantee: grantee, Permission: permission })).optional(),
});

export type AclInput = z.output<z.ZodObject<typeof aclInput>>;

const HEADERS: readonly (readonly [keyof Omit<AclInput, 'ACL'>, Permission])[] = [
  ['GrantFullControl', 'FULL_CONTROL'],
  ['GrantRead', 'READ'],
  ['GrantReadACP', 'READ_ACP'],
  ['GrantWrite', 'WRITE'],
  ['GrantWriteACP', 'WRITE_ACP'],
];

const MAX_GRANTS = 100;

/**
 * The grants that a request asks for; undefined where it says nothing of them.
 * @throws AwsError InvalidRequest, InvalidArgument, UnresolvableGrantByEmailAddress, MalformedACLError
 */
export function requestedGrants(
  input: AclInput & { AccessControlPolicy?: z.output<typeof accessControlPolicy> | undefined },
  accountId: string,
): readonly Grant[] | undefined {
  const fromHeaders = HEADERS.flatMap(([name, each]) => headerGrants(input[name], each));
  const document = input.AccessControlPolicy;
  const ways = [input.ACL !== undefined, fromHeaders.length > 0, document !== undefined];
  if (ways.filter(Boolean).length > 1) {
    throw new AwsError('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed');
  }
  if (input.ACL !== undefined) return cannedGrants(input.ACL, accountId);
  const grants = document
    ? (document.Grants ?? []).map((each) => ({
        Grantee: toGrantee(each.Grantee),
        Permission: each.Permission,
      }))
    : fromHeaders;
  if (grants.length > MAX_GRANTS) {
    throw new AwsError('MalformedACLError', `An ACL can have up to ${MAX_GRANTS} grants.`);
  }
  return document || grants.length > 0 ? grants : undefined;
}

/** `uri="http://…", id="…"` */
function headerGrants(header: string | undefined, each: Permission): Grant[] {
  if (header === undefined) return [];
  return header.split(',').map((part) => {
    const [, kind, quoted, bare] =
      /^\s*(id|uri|emailAddress)\s*=\s*(?:"([^"]*)"|(\S+))\s*$/i.exec(part) ?? [];
    const value = quoted ?? bare;
    if (kind === undefined || value === undefined) {
      throw new AwsError('InvalidArgument', 'Argument format not recognized');
    }
    return { Grantee: toGrantee(granteeOf(kind.toLowerCase(), value)), Permission: each };
  });
}

function granteeOf(kind: string, value: string): z.output<typeof grantee> {
  if (kind === 'uri') return { Type: 'Group', URI: value };
  return kind === 'id' ? { Type: 'CanonicalUser', ID: value } : { Type: 'AmazonCustomerByEmail' };
}
