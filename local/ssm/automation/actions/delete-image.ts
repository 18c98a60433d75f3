import { StepFailure } from '../failure.ts';
import type { Action, ActionContext } from './action.ts';
import { callService, causeCode } from './support/call-service.ts';
import { readInputs, text } from './support/input-schema.ts';
import { listOf, mapOf, textOf } from './support/read.ts';

/**
 * Deregisters an image and deletes its snapshots.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-delete.html
 */
export const deleteImage: Action = {
  name: 'aws:deleteImage',
  run: async (context) => {
    const { ImageId } = readInputs(context.inputs, { ImageId: text });
    const images = await callService(context, {
      service: 'ec2',
      operation: 'DescribeImages',
      input: { ImageIds: [ImageId] },
    });
    const [image] = listOf(images, 'Images');
    if (image === undefined) throw new StepFailure(`The image id '[${ImageId}]' does not exist`);
    await callService(context, { service: 'ec2', operation: 'DeregisterImage', input: { ImageId } });
    const snapshots = listOf(image, 'BlockDeviceMappings')
      .map((device) => textOf(mapOf(device, 'Ebs'), 'SnapshotId'))
      .filter((id) => id !== undefined);
    await deleteSnapshots(context, snapshots);
    return {};
  },
};

/** The image is gone when one fails, so that another attempt could not find its snapshots: all are tried, and those left are named. */
async function deleteSnapshots(context: ActionContext, ids: readonly string[]): Promise<void> {
  const left = new Map<string, unknown>();
  for (const SnapshotId of ids) {
    try {
      await callService(context, { service: 'ec2', operation: 'DeleteSnapshot', input: { SnapshotId } });
    } catch (error) {
      if (context.signal.aborted) throw error;
      if (causeCode(error) !== 'InvalidSnapshot.NotFound') left.set(SnapshotId, error);
    }
  }
  if (left.size === 0) return;
  const reasons = [...left].map(([id, error]) => `${id} (${error instanceof Error ? error.message : error})`);
  throw new StepFailure(`The image was deregistered, but snapshots of it are left: ${reasons.join('; ')}`, {
    cause: [...left.values()][0],
  });
}
