import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { aliasArn } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';
import { AWS_ALIAS_PREFIX } from '../managed-keys.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export const deleteAlias = kmsOperation({
  input: { AliasName: text.min(1) },
  run: ({ AliasName }, { state, accountId, region }) => {
    if (AliasName.startsWith(AWS_ALIAS_PREFIX)) {
      throw new AwsError('NotAuthorizedException', `${AWS_ALIAS_PREFIX} is reserved for AWS.`);
    }
    if (!state.kms.aliases.delete(AliasName)) {
      const arn = aliasArn({ name: AliasName, region }, accountId);
      throw new AwsError('NotFoundException', `Alias ${arn} is not found.`);
    }
    return {};
  },
});
