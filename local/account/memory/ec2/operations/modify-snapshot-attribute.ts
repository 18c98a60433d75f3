import { z } from 'zod';
import { text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { applySharing, flatPermissionChange, permissionChange, sharingChange } from '../sharing.ts';
import { requireSnapshot } from '../snapshots.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html */
export const modifySnapshotAttribute = ec2Operation({
  input: {
    SnapshotId: text,
    Attribute: z.literal('createVolumePermission').optional(),
    CreateVolumePermission: permissionChange.optional(),
    ...flatPermissionChange,
    GroupNames: texts.default([]),
  },
  run: (input, { state }) => {
    const snapshot = requireSnapshot(input.SnapshotId, state.ec2);
    const change = sharingChange(input.CreateVolumePermission, {
      type: input.OperationType,
      names: [...input.UserIds, ...input.GroupNames],
    });
    applySharing(snapshot.sharedWith, change);
    return {};
  },
});
