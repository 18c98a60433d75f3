import type { MemoryOperation } from '../operation.ts';
import { attachInstances } from './operations/attach-instances.ts';
import { createAutoScalingGroup } from './operations/create-auto-scaling-group.ts';
import { createLaunchConfiguration } from './operations/create-launch-configuration.ts';
import { createOrUpdateTags } from './operations/create-or-update-tags.ts';
import { deleteAutoScalingGroup } from './operations/delete-auto-scaling-group.ts';
import { deleteLaunchConfiguration } from './operations/delete-launch-configuration.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { describeAutoScalingGroups } from './operations/describe-auto-scaling-groups.ts';
import { describeAutoScalingInstances } from './operations/describe-auto-scaling-instances.ts';
import { describeLaunchConfigurations } from './operations/describe-launch-configurations.ts';
import { describeScalingActivities } from './operations/describe-scaling-activities.ts';
import { describeTags } from './operations/describe-tags.ts';
import { detachInstances } from './operations/detach-instances.ts';
import { enterStandby } from './operations/enter-standby.ts';
import { exitStandby } from './operations/exit-standby.ts';
import { resumeProcesses } from './operations/resume-processes.ts';
import { setDesiredCapacity } from './operations/set-desired-capacity.ts';
import { setInstanceHealth } from './operations/set-instance-health.ts';
import { setInstanceProtection } from './operations/set-instance-protection.ts';
import { suspendProcesses } from './operations/suspend-processes.ts';
import { terminateInstanceInAutoScalingGroup } from './operations/terminate-instance-in-auto-scaling-group.ts';
import { updateAutoScalingGroup } from './operations/update-auto-scaling-group.ts';

/** What the in-memory account knows of Auto Scaling. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/ */
export const autoScalingOperations = {
  'autoscaling.AttachInstances': attachInstances,
  'autoscaling.CreateAutoScalingGroup': createAutoScalingGroup,
  'autoscaling.CreateLaunchConfiguration': createLaunchConfiguration,
  'autoscaling.CreateOrUpdateTags': createOrUpdateTags,
  'autoscaling.DeleteAutoScalingGroup': deleteAutoScalingGroup,
  'autoscaling.DeleteLaunchConfiguration': deleteLaunchConfiguration,
  'autoscaling.DeleteTags': deleteTags,
  'autoscaling.DescribeAutoScalingGroups': describeAutoScalingGroups,
  'autoscaling.DescribeAutoScalingInstances': describeAutoScalingInstances,
  'autoscaling.DescribeLaunchConfigurations': describeLaunchConfigurations,
  'autoscaling.DescribeScalingActivities': describeScalingActivities,
  'autoscaling.DescribeTags': describeTags,
  'autoscaling.DetachInstances': detachInstances,
  'autoscaling.EnterStandby': enterStandby,
  'autoscaling.ExitStandby': exitStandby,
  'autoscaling.ResumeProcesses': resumeProcesses,
  'autoscaling.SetDesiredCapacity': setDesiredCapacity,
  'autoscaling.SetInstanceHealth': setInstanceHealth,
  'autoscaling.SetInstanceProtection': setInstanceProtection,
  'autoscaling.SuspendProcesses': suspendProcesses,
  'autoscaling.TerminateInstanceInAutoScalingGroup': terminateInstanceInAutoScalingGroup,
  'autoscaling.UpdateAutoScalingGroup': updateAutoScalingGroup,
} as const satisfies Readonly<Record<`autoscaling.${string}`, MemoryOperation>>;
