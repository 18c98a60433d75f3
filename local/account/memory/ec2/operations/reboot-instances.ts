import { AwsError } from '../../../../aws-error.ts';
import { texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';

/**
 * A reboot takes no time here, and changes nothing that the API shows.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RebootInstances.html
 */
export const rebootInstances = ec2Operation({
  input: { InstanceIds: texts.min(1) },
  run: ({ InstanceIds }, context) => {
    const refused = requireInstances(InstanceIds, context).find(({ state }) => state !== 'running');
    if (refused) {
      throw new AwsError(
        'IncorrectInstanceState',
        `Instance ID '${refused.instanceId}' is not in a state from which it can be rebooted.`,
      );
    }
    return {};
  },
});
