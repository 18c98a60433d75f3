import { text } from '../../input.ts';
import { iamOperation, listInput, listPage } from '../iam-operation.ts';
import { viewListedUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers = iamOperation({
  input: { PathPrefix: text.default('/'), ...listInput },
  run: ({ PathPrefix, ...page }, context) => {
    const users = [...context.state.iam.users.values()].filter((user) => user.path.startsWith(PathPrefix));
    return listPage(
      'Users',
      users.map((user) => viewListedUser(user, context)),
      page,
    );
  },
});
