import type { JsonObject } from '../../../../service.ts';
import { texts } from '../../input.ts';
import { autoScalingOperation, describePage, pageInput } from '../autoscaling-operation.ts';
import type { LaunchConfigurationRecord } from '../state.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeLaunchConfigurations.html */
export const describeLaunchConfigurations = autoScalingOperation({
  input: { LaunchConfigurationNames: texts.default([]), ...pageInput },
  run: ({ LaunchConfigurationNames, ...page }, { state }) => {
    const found = [...state.autoscaling.launchConfigurations.values()].filter(
      ({ name }) => LaunchConfigurationNames.length === 0 || LaunchConfigurationNames.includes(name),
    );
    return describePage('LaunchConfigurations', found.map(view), page);
  },
});

function view(record: LaunchConfigurationRecord): JsonObject {
  return {
    LaunchConfigurationName: record.name,
    LaunchConfigurationARN: record.arn,
    ImageId: record.imageId,
    KeyName: record.keyName ?? '',
    SecurityGroups: record.securityGroups,
    ClassicLinkVPCSecurityGroups: [],
    UserData: record.userData ?? '',
    InstanceType: record.instanceType,
    KernelId: '',
    RamdiskId: '',
    BlockDeviceMappings: [],
    InstanceMonitoring: { Enabled: record.monitoring },
    ...(record.iamInstanceProfile === undefined ? {} : { IamInstanceProfile: record.iamInstanceProfile }),
    CreatedTime: record.createdTime,
    EbsOptimized: record.ebsOptimized,
    ...(record.associatePublicIpAddress === undefined
      ? {}
      : { AssociatePublicIpAddress: record.associatePublicIpAddress }),
  };
}
