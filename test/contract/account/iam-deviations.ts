/** Where moto (5.2) differs from AWS in IAM: the name of the test, and what moto does instead. */
export const iamDeviations: ReadonlyMap<string, string> = new Map([
  ['CreateRole refuses a name twice, and documents that are none', 'takes any document'],
  ['CreateRole refuses a trust policy with a resource, or without a principal', 'takes it'],
  ['Names and paths that IAM does not allow are refused', 'takes long names'],
  ['AttachRolePolicy refuses what is no ARN', 'NoSuchEntity'],
  [
    'A profile with a role, and a role in a profile, are not deleted',
    'answers with an HTML page where the role is not in the profile',
  ],
  ['CreatePolicy refuses documents that are no policy', 'takes a document with a principal'],
  ['A policy has versions, one of them the default', 'deletes a policy that has versions'],
  ['DeletePolicy refuses a policy that something has, ListEntitiesForPolicy tells what', 'deletes it'],
  ['A login profile comes and goes', 'PasswordResetRequired is always false'],
  ['A user with access keys is not deleted', 'deletes it'],
  ["The account's password policy is replaced as a whole", 'takes a minimum length of three'],
  ['Roles and users have a permissions boundary, until it is taken away', 'answers with an HTML page'],
  ['A boundary is a policy, and of a role or user that exists', 'takes any'],
  ['A policy that is a boundary is not deleted', 'deletes it'],
]);
