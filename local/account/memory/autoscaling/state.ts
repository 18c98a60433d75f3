/** States that a member keeps. Those between (`Pending`, `EnteringStandby` …) take no time here. */
export type LifecycleState = 'InService' | 'Standby';

export interface MemberRecord {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  /** The launch configuration or template that it came from; undefined for one that was attached. */
  readonly launchedBy: LaunchSource | undefined;
  lifecycleState: LifecycleState;
  healthStatus: 'Healthy' | 'Unhealthy';
  protectedFromScaleIn: boolean;
}

/** Where a group's new instances come from. */
export type LaunchSource =
  | { readonly kind: 'configuration'; readonly name: string }
  | { readonly kind: 'template'; readonly id: string; readonly name: string; readonly version: string };

export interface LaunchConfigurationRecord {
  readonly name: string;
  readonly arn: string;
  readonly createdTime: Date;
  readonly imageId: string;
  readonly instanceType: string;
  readonly keyName: string | undefined;
  readonly securityGroups: readonly string[];
  readonly userData: string | undefined;
  readonly iamInstanceProfile: string | undefined;
  readonly ebsOptimized: boolean;
  readonly monitoring: boolean;
  readonly associatePublicIpAddress: boolean | undefined;
}

export interface ActivityRecord {
  readonly activityId: string;
  readonly groupName: string;
  readonly description: string;
  readonly cause: string;
  readonly startTime: Date;
  readonly details: string;
  /** Why it failed; undefined where it did not. */
  readonly failure: string | undefined;
}

export interface GroupRecord {
  readonly name: string;
  readonly arn: string;
  readonly createdTime: Date;
  readonly members: Map<string, MemberRecord>;
  readonly suspended: Map<string, string>;
  readonly tags: Map<string, { readonly value: string; readonly propagateAtLaunch: boolean }>;
  source: LaunchSource;
  minSize: number;
  maxSize: number;
  desiredCapacity: number;
  defaultCooldown: number;
  availabilityZones: readonly string[];
  subnetIds: readonly string[];
  healthCheckType: string;
  healthCheckGracePeriod: number;
  newInstancesProtectedFromScaleIn: boolean;
  terminationPolicies: readonly string[];
  loadBalancerNames: readonly string[];
  targetGroupArns: readonly string[];
  capacityRebalance: boolean | undefined;
  maxInstanceLifetime: number | undefined;
}

/** Auto Scaling's part of the account. */
export interface AutoScalingState {
  readonly groups: Map<string, GroupRecord>;
  readonly launchConfigurations: Map<string, LaunchConfigurationRecord>;
  /** The newest last. */
  readonly activities: ActivityRecord[];
}

export function emptyAutoScalingState(): AutoScalingState {
  return { groups: new Map(), launchConfigurations: new Map(), activities: [] };
}
