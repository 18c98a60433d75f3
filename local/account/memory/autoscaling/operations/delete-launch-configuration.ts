import { AwsError } from '../../../../aws-error.ts';
import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { requireLaunchConfiguration } from '../launch.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLaunchConfiguration.html */
export const deleteLaunchConfiguration = autoScalingOperation({
  input: { LaunchConfigurationName: groupName },
  run: ({ LaunchConfigurationName: name }, context) => {
    const { groups, launchConfigurations } = context.state.autoscaling;
    requireLaunchConfiguration(name, context);
    if ([...groups.values()].some(({ source }) => source.kind === 'configuration' && source.name === name)) {
      throw new AwsError(
        'ResourceInUse',
        `Cannot delete launch configuration ${name} because it is attached to an AutoScalingGroup`,
      );
    }
    launchConfigurations.delete(name);
    return {};
  },
});
