import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireOwnImage } from '../images.ts';
import { applySharing, flatPermissionChange, permissionChange, sharingChange } from '../sharing.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html */
export const modifyImageAttribute = ec2Operation({
  input: {
    ImageId: text,
    Attribute: z.enum(['launchPermission', 'description']).optional(),
    Value: text.optional(),
    Description: z.strictObject({ Value: text }).optional(),
    LaunchPermission: permissionChange.optional(),
    ...flatPermissionChange,
    UserGroups: texts.default([]),
  },
  run: (input, context) => {
    const image = requireOwnImage(input.ImageId, context);
    const description =
      input.Description?.Value ?? (input.Attribute === 'description' ? input.Value : undefined);
    const change = sharingChange(input.LaunchPermission, {
      type: input.OperationType,
      names: [...input.UserIds, ...input.UserGroups],
    });
    if (description === undefined && change.add.length + change.remove.length === 0) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    if (description !== undefined) image.description = description;
    applySharing(image.sharedWith, change);
    return {};
  },
});
