/** What policies can be attached to, and hold policies of its own: a role or a user. */
export interface IdentityRecord {
  /** Its own policies' documents, by name. */
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of the managed policies attached to it. */
  readonly attachedPolicies: Set<string>;
  readonly tags: Map<string, string>;
  permissionsBoundary: string | undefined;
}

export interface RoleRecord extends IdentityRecord {
  readonly roleName: string;
  readonly path: string;
  readonly roleId: string;
  readonly createDate: Date;
  trustPolicy: string;
  description: string | undefined;
  /** Seconds. */
  maxSessionDuration: number;
}

export interface AccessKeyRecord {
  readonly accessKeyId: string;
  readonly createDate: Date;
  status: 'Active' | 'Inactive';
}

export interface UserRecord extends IdentityRecord {
  readonly userName: string;
  readonly path: string;
  readonly userId: string;
  readonly createDate: Date;
  readonly accessKeys: Map<string, AccessKeyRecord>;
  loginProfile: { readonly createDate: Date; passwordResetRequired: boolean } | undefined;
}

export interface InstanceProfileRecord {
  readonly profileName: string;
  readonly path: string;
  readonly profileId: string;
  readonly createDate: Date;
  readonly tags: Map<string, string>;
  roleName: string | undefined;
}

export interface PolicyVersionRecord {
  /** Such as `v1`. */
  readonly versionId: string;
  readonly document: string;
  readonly createDate: Date;
}

/** A customer managed policy. */
export interface PolicyRecord {
  readonly policyName: string;
  readonly path: string;
  readonly policyId: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createDate: Date;
  readonly tags: Map<string, string>;
  readonly versions: PolicyVersionRecord[];
  updateDate: Date;
  defaultVersionId: string;
  /** Numbers of deleted versions are not given again. */
  lastVersion: number;
}

/** IAM's part of the account. It has no regions. */
export interface IamState {
  readonly roles: Map<string, RoleRecord>;
  readonly users: Map<string, UserRecord>;
  readonly instanceProfiles: Map<string, InstanceProfileRecord>;
  /** By ARN. */
  readonly policies: Map<string, PolicyRecord>;
  /** As GetAccountPasswordPolicy shows it; undefined where the account has none of its own. */
  passwordPolicy: Readonly<Record<string, unknown>> | undefined;
}

export function emptyIamState(): IamState {
  return {
    roles: new Map(),
    users: new Map(),
    instanceProfiles: new Map(),
    policies: new Map(),
    passwordPolicy: undefined,
  };
}
