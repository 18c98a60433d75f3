import { StepFailure } from '../../failure.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { describeNew } from './call-service.ts';
import { pollUntil } from './poll.ts';
import { listOf, mapOf, textOf } from './read.ts';
import { outputsOf, resultOf } from './result.ts';

/** Waits until an image that is being made can be used. @throws StepFailure where it can't be made */
export async function awaitImage(context: ActionContext, imageId: string): Promise<ActionResult> {
  const describe = describeNew(context, {
    service: 'ec2',
    operation: 'DescribeImages',
    input: { ImageIds: [imageId] },
  });
  return pollUntil(context, async () => {
    const [image] = listOf(await describe(), 'Images');
    const state = textOf(image, 'State');
    if (state === undefined || state === 'pending' || state === 'transient') return undefined;
    const outputs = { ImageId: imageId, ImageState: state };
    if (state === 'available') return resultOf(outputs);
    const reason = textOf(mapOf(image, 'StateReason'), 'Message');
    throw new StepFailure(`The image ${imageId} is ${state}${reason === undefined ? '' : `: ${reason}`}`, {
      during: 'Poll action status for completion',
      outputs: outputsOf(outputs),
    });
  });
}
