import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances, viewMetadataOptions } from '../instances.ts';
import { changedMetadata, metadataOptions } from '../metadata-options.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html */
export const modifyInstanceMetadataOptions = ec2Operation({
  input: {
    InstanceId: text,
    ...metadataOptions.shape,
  },
  run: ({ InstanceId, ...change }, context) => {
    const [instance] = requireInstances([InstanceId], context);
    if (instance === undefined || instance.state === 'terminated') {
      throw new AwsError('IncorrectInstanceState', `The instance '${InstanceId}' is terminated.`);
    }
    instance.metadata = changedMetadata(instance.metadata, change);
    return { InstanceId, InstanceMetadataOptions: viewMetadataOptions(instance, 'pending') };
  },
});
