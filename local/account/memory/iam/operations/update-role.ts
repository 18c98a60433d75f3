import { description, iamOperation, roleName, sessionDuration } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole = iamOperation({
  input: {
    RoleName: roleName,
    Description: description,
    MaxSessionDuration: sessionDuration.optional(),
  },
  run: ({ RoleName, Description, MaxSessionDuration }, context) => {
    const role = requireRole(RoleName, context);
    if (Description !== undefined) role.description = Description;
    if (MaxSessionDuration !== undefined) role.maxSessionDuration = MaxSessionDuration;
    return {};
  },
});
