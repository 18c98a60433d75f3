import type { MemoryOperation } from '../operation.ts';
import { addRoleToInstanceProfile } from './operations/add-role-to-instance-profile.ts';
import { attachRolePolicy } from './operations/attach-role-policy.ts';
import { attachUserPolicy } from './operations/attach-user-policy.ts';
import { createAccessKey } from './operations/create-access-key.ts';
import { createInstanceProfile } from './operations/create-instance-profile.ts';
import { createLoginProfile } from './operations/create-login-profile.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createPolicyVersion } from './operations/create-policy-version.ts';
import { createRole } from './operations/create-role.ts';
import { createUser } from './operations/create-user.ts';
import { deleteAccessKey } from './operations/delete-access-key.ts';
import { deleteAccountPasswordPolicy } from './operations/delete-account-password-policy.ts';
import { deleteInstanceProfile } from './operations/delete-instance-profile.ts';
import { deleteLoginProfile } from './operations/delete-login-profile.ts';
import { deletePolicy } from './operations/delete-policy.ts';
import { deletePolicyVersion } from './operations/delete-policy-version.ts';
import { deleteRole } from './operations/delete-role.ts';
import { deleteRolePermissionsBoundary } from './operations/delete-role-permissions-boundary.ts';
import { deleteRolePolicy } from './operations/delete-role-policy.ts';
import { deleteUser } from './operations/delete-user.ts';
import { deleteUserPermissionsBoundary } from './operations/delete-user-permissions-boundary.ts';
import { deleteUserPolicy } from './operations/delete-user-policy.ts';
import { detachRolePolicy } from './operations/detach-role-policy.ts';
import { detachUserPolicy } from './operations/detach-user-policy.ts';
import { getAccessKeyLastUsed } from './operations/get-access-key-last-used.ts';
import { getAccountPasswordPolicy } from './operations/get-account-password-policy.ts';
import { getInstanceProfile } from './operations/get-instance-profile.ts';
import { getLoginProfile } from './operations/get-login-profile.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getRole } from './operations/get-role.ts';
import { getRolePolicy } from './operations/get-role-policy.ts';
import { getUser } from './operations/get-user.ts';
import { getUserPolicy } from './operations/get-user-policy.ts';
import { listAccessKeys } from './operations/list-access-keys.ts';
import { listAttachedRolePolicies } from './operations/list-attached-role-policies.ts';
import { listAttachedUserPolicies } from './operations/list-attached-user-policies.ts';
import { listEntitiesForPolicy } from './operations/list-entities-for-policy.ts';
import { listGroupsForUser } from './operations/list-groups-for-user.ts';
import { listInstanceProfiles } from './operations/list-instance-profiles.ts';
import { listInstanceProfilesForRole } from './operations/list-instance-profiles-for-role.ts';
import { listMFADevices } from './operations/list-mfa-devices.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listPolicyVersions } from './operations/list-policy-versions.ts';
import { listRolePolicies } from './operations/list-role-policies.ts';
import { listRoleTags } from './operations/list-role-tags.ts';
import { listRoles } from './operations/list-roles.ts';
import { listUserPolicies } from './operations/list-user-policies.ts';
import { listUserTags } from './operations/list-user-tags.ts';
import { listUsers } from './operations/list-users.ts';
import { putRolePermissionsBoundary } from './operations/put-role-permissions-boundary.ts';
import { putRolePolicy } from './operations/put-role-policy.ts';
import { putUserPermissionsBoundary } from './operations/put-user-permissions-boundary.ts';
import { putUserPolicy } from './operations/put-user-policy.ts';
import { removeRoleFromInstanceProfile } from './operations/remove-role-from-instance-profile.ts';
import { setDefaultPolicyVersion } from './operations/set-default-policy-version.ts';
import { tagRole } from './operations/tag-role.ts';
import { tagUser } from './operations/tag-user.ts';
import { untagRole } from './operations/untag-role.ts';
import { untagUser } from './operations/untag-user.ts';
import { updateAccessKey } from './operations/update-access-key.ts';
import { updateAccountPasswordPolicy } from './operations/update-account-password-policy.ts';
import { updateAssumeRolePolicy } from './operations/update-assume-role-policy.ts';
import { updateLoginProfile } from './operations/update-login-profile.ts';
import { updateRole } from './operations/update-role.ts';

/** What the in-memory account knows of IAM. https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export const iamOperations = {
  'iam.AddRoleToInstanceProfile': addRoleToInstanceProfile,
  'iam.AttachRolePolicy': attachRolePolicy,
  'iam.AttachUserPolicy': attachUserPolicy,
  'iam.CreateAccessKey': createAccessKey,
  'iam.CreateInstanceProfile': createInstanceProfile,
  'iam.CreateLoginProfile': createLoginProfile,
  'iam.CreatePolicy': createPolicy,
  'iam.CreatePolicyVersion': createPolicyVersion,
  'iam.CreateRole': createRole,
  'iam.CreateUser': createUser,
  'iam.DeleteAccessKey': deleteAccessKey,
  'iam.DeleteAccountPasswordPolicy': deleteAccountPasswordPolicy,
  'iam.DeleteInstanceProfile': deleteInstanceProfile,
  'iam.DeleteLoginProfile': deleteLoginProfile,
  'iam.DeletePolicy': deletePolicy,
  'iam.DeletePolicyVersion': deletePolicyVersion,
  'iam.DeleteRole': deleteRole,
  'iam.DeleteRolePermissionsBoundary': deleteRolePermissionsBoundary,
  'iam.DeleteRolePolicy': deleteRolePolicy,
  'iam.DeleteUser': deleteUser,
  'iam.DeleteUserPermissionsBoundary': deleteUserPermissionsBoundary,
  'iam.DeleteUserPolicy': deleteUserPolicy,
  'iam.DetachRolePolicy': detachRolePolicy,
  'iam.DetachUserPolicy': detachUserPolicy,
  'iam.GetAccessKeyLastUsed': getAccessKeyLastUsed,
  'iam.GetAccountPasswordPolicy': getAccountPasswordPolicy,
  'iam.GetInstanceProfile': getInstanceProfile,
  'iam.GetLoginProfile': getLoginProfile,
  'iam.GetPolicy': getPolicy,
  'iam.GetPolicyVersion': getPolicyVersion,
  'iam.GetRole': getRole,
  'iam.GetRolePolicy': getRolePolicy,
  'iam.GetUser': getUser,
  'iam.GetUserPolicy': getUserPolicy,
  'iam.ListAccessKeys': listAccessKeys,
  'iam.ListAttachedRolePolicies': listAttachedRolePolicies,
  'iam.ListAttachedUserPolicies': listAttachedUserPolicies,
  'iam.ListEntitiesForPolicy': listEntitiesForPolicy,
  'iam.ListGroupsForUser': listGroupsForUser,
  'iam.ListInstanceProfiles': listInstanceProfiles,
  'iam.ListInstanceProfilesForRole': listInstanceProfilesForRole,
  'iam.ListMFADevices': listMFADevices,
  'iam.ListPolicies': listPolicies,
  'iam.ListPolicyVersions': listPolicyVersions,
  'iam.ListRolePolicies': listRolePolicies,
  'iam.ListRoleTags': listRoleTags,
  'iam.ListRoles': listRoles,
  'iam.ListUserPolicies': listUserPolicies,
  'iam.ListUserTags': listUserTags,
  'iam.ListUsers': listUsers,
  'iam.PutRolePermissionsBoundary': putRolePermissionsBoundary,
  'iam.PutRolePolicy': putRolePolicy,
  'iam.PutUserPermissionsBoundary': putUserPermissionsBoundary,
  'iam.PutUserPolicy': putUserPolicy,
  'iam.RemoveRoleFromInstanceProfile': removeRoleFromInstanceProfile,
  'iam.SetDefaultPolicyVersion': setDefaultPolicyVersion,
  'iam.TagRole': tagRole,
  'iam.TagUser': tagUser,
  'iam.UntagRole': untagRole,
  'iam.UntagUser': untagUser,
  'iam.UpdateAccessKey': updateAccessKey,
  'iam.UpdateAccountPasswordPolicy': updateAccountPasswordPolicy,
  'iam.UpdateAssumeRolePolicy': updateAssumeRolePolicy,
  'iam.UpdateLoginProfile': updateLoginProfile,
  'iam.UpdateRole': updateRole,
} as const satisfies Readonly<Record<`iam.${string}`, MemoryOperation>>;
