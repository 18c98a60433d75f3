import { emptyStorageState, type StorageState } from './storage-state.ts';

/** A range of addresses, a prefix list, or another group: what a rule lets in or out. */
export type RulePeer =
  | { readonly kind: 'cidrIpv4' | 'cidrIpv6' | 'prefixList'; readonly value: string }
  | { readonly kind: 'group'; readonly value: string; readonly userId: string };

/** What a rule says, without its identity. Ports are absent where the protocol has none or all are meant. */
export interface RuleSpec {
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly peer: RulePeer;
  readonly description: string | undefined;
}

export interface RuleRecord extends RuleSpec {
  readonly ruleId: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  readonly region: string;
}

export interface SecurityGroupRecord {
  readonly groupId: string;
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: string;
  /** Where it was created: its ARN says so, though every region sees it. */
  readonly region: string;
}

export interface VpcRecord {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly isDefault: boolean;
  readonly region: string;
}

export interface SubnetRecord {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  /** The last letter of the availability zone; the caller's region comes before it. */
  readonly zone: string;
  readonly isDefault: boolean;
  readonly region: string;
}

export interface InterfaceAttachment {
  readonly attachmentId: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly attachTime: Date;
  deleteOnTermination: boolean;
}

export interface InterfaceRecord {
  readonly interfaceId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly privateIpAddress: string;
  /** Whether a public address comes and goes with the instance's running. */
  readonly autoAssignsPublicIp: boolean;
  readonly macAddress: string;
  readonly region: string;
  publicIpAddress: string | undefined;
  description: string;
  groupIds: readonly string[];
  sourceDestCheck: boolean;
  attachment: InterfaceAttachment | undefined;
}

export type InstanceStateName =
  | 'pending'
  | 'running'
  | 'shutting-down'
  | 'terminated'
  | 'stopping'
  | 'stopped';

export interface InstanceRecord {
  readonly instanceId: string;
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly clientToken: string | undefined;
  readonly imageId: string;
  readonly keyName: string | undefined;
  readonly zone: string;
  readonly region: string;
  readonly rootDeviceName: string;
  readonly architecture: string;
  instanceType: string;
  state: InstanceStateName;
  launchTime: Date;
  terminatedAt: Date | undefined;
  stateTransitionReason: string;
  monitoring: boolean;
  ebsOptimized: boolean;
  disableApiTermination: boolean;
  disableApiStop: boolean;
  shutdownBehavior: string;
  metadata: MetadataOptions;
  /** In base 64. */
  userData: string | undefined;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsResponse.html */
export interface MetadataOptions {
  readonly httpTokens: string;
  readonly httpEndpoint: string;
  readonly httpPutResponseHopLimit: number;
  readonly instanceMetadataTags: string;
}

/**
 * EC2's part of the account. Regions are not partitioned: one account, and all regions see the same resources,
 * which is simpler for a person at a laptop. An ARN carries the region in which its resource was created.
 */
export interface Ec2State extends StorageState {
  readonly vpcs: Map<string, VpcRecord>;
  readonly subnets: Map<string, SubnetRecord>;
  readonly securityGroups: Map<string, SecurityGroupRecord>;
  readonly rules: Map<string, RuleRecord>;
  readonly interfaces: Map<string, InterfaceRecord>;
  readonly instances: Map<string, InstanceRecord>;
  /** Launches by client token: what was asked for, and the reservation that it got. */
  readonly launches: Map<string, { readonly request: string; readonly reservationId: string }>;
  /** By resource ID. A resource whose tags were all removed keeps its empty entry: it 'was tagged'. */
  readonly tags: Map<string, Map<string, string>>;
}

export function emptyEc2State(): Ec2State {
  return {
    vpcs: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    rules: new Map(),
    interfaces: new Map(),
    instances: new Map(),
    launches: new Map(),
    tags: new Map(),
    ...emptyStorageState(),
  };
}
