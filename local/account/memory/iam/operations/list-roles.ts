import { text } from '../../input.ts';
import { iamOperation, listInput, listPage } from '../iam-operation.ts';
import { viewListedRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles = iamOperation({
  input: { PathPrefix: text.default('/'), ...listInput },
  run: ({ PathPrefix, ...page }, context) => {
    const roles = [...context.state.iam.roles.values()].filter((role) => role.path.startsWith(PathPrefix));
    return listPage(
      'Roles',
      roles.map((role) => viewListedRole(role, context)),
      page,
    );
  },
});
