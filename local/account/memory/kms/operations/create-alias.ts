import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { aliasArn, requireOwnKey } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';
import { AWS_ALIAS_PREFIX } from '../managed-keys.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias = kmsOperation({
  input: {
    AliasName: text
      .max(256)
      .regex(
        /^alias\/[a-zA-Z0-9/_-]+$/,
        'Alias must start with the prefix "alias/" and have letters, digits, /, _ and - after it.',
      ),
    TargetKeyId: text.min(1),
  },
  run: ({ AliasName, TargetKeyId }, context) => {
    if (AliasName.startsWith(AWS_ALIAS_PREFIX)) {
      throw new AwsError('NotAuthorizedException', `${AWS_ALIAS_PREFIX} is reserved for AWS.`);
    }
    const { keyId } = requireOwnKey(TargetKeyId, context);
    const { state, accountId, region, clock } = context;
    const existing = state.kms.aliases.get(AliasName);
    if (existing) {
      const arn = aliasArn(existing, accountId);
      throw new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    }
    const alias = { name: AliasName, region, targetKeyId: keyId, creationDate: clock.now() };
    state.kms.aliases.set(AliasName, alias);
    return {};
  },
});
