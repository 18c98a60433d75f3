/** What a volume of a launch, or of an image, is to be. Sizes are in GiB. */
export interface BlockDevice {
  readonly deviceName: string;
  /** Where its content comes from; undefined for an empty one. */
  readonly snapshotId: string | undefined;
  readonly volumeSize: number;
  readonly volumeType: string;
  readonly iops: number | undefined;
  /** MiB a second, of gp3 alone. */
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly deleteOnTermination: boolean;
}

export interface VolumeAttachment {
  readonly instanceId: string;
  readonly device: string;
  readonly attachTime: Date;
  deleteOnTermination: boolean;
}

export interface VolumeRecord {
  readonly volumeId: string;
  readonly snapshotId: string | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId: string | undefined;
  /** The last letter of the availability zone, as a subnet has it. */
  readonly zone: string;
  readonly region: string;
  readonly createTime: Date;
  volumeSize: number;
  volumeType: string;
  iops: number | undefined;
  throughput: number | undefined;
  attachment: VolumeAttachment | undefined;
  /** The last ModifyVolume, as its answer showed it. */
  modification: Readonly<Record<string, unknown>> | undefined;
}

export interface SnapshotRecord {
  readonly snapshotId: string;
  readonly volumeId: string;
  readonly volumeSize: number;
  readonly description: string;
  readonly startTime: Date;
  readonly encrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly region: string;
  /** Who else may make volumes of it: account IDs, and `all`. */
  readonly sharedWith: Set<string>;
}

export interface ImageRecord {
  readonly imageId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly creationDate: Date;
  readonly rootDeviceName: string;
  readonly blockDevices: readonly BlockDevice[];
  readonly architecture: string;
  readonly region: string;
  readonly sourceInstanceId: string | undefined;
  readonly sourceImage: { readonly imageId: string; readonly region: string } | undefined;
  /** Who else may launch it: account IDs, and `all`. */
  readonly sharedWith: Set<string>;
  description: string;
  deprecationTime: Date | undefined;
}

export interface AddressRecord {
  readonly allocationId: string;
  readonly publicIp: string;
  readonly region: string;
  association: { readonly associationId: string; readonly interfaceId: string } | undefined;
}

export interface ProfileAssociationRecord {
  readonly associationId: string;
  readonly instanceId: string;
  /** The profile as it was: IAM may have deleted it since. */
  readonly profile: { readonly arn: string; readonly id: string };
  readonly timestamp: Date;
}

export interface LaunchTemplateVersion {
  /** From 1 on. */
  readonly versionNumber: number;
  readonly description: string | undefined;
  readonly createTime: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface LaunchTemplateRecord {
  readonly templateId: string;
  readonly name: string;
  readonly createTime: Date;
  readonly region: string;
  readonly versions: LaunchTemplateVersion[];
  defaultVersion: number;
}

/** Images, volumes, addresses, and what instances have of IAM. */
export interface StorageState {
  readonly volumes: Map<string, VolumeRecord>;
  readonly snapshots: Map<string, SnapshotRecord>;
  readonly images: Map<string, ImageRecord>;
  /** Images of the account's own that are gone: nothing can be launched from them any more. */
  readonly deregisteredImages: Set<string>;
  readonly addresses: Map<string, AddressRecord>;
  readonly launchTemplates: Map<string, LaunchTemplateRecord>;
  readonly profileAssociations: Map<string, ProfileAssociationRecord>;
  /** Answers by operation and client token, with what was asked for. */
  readonly answers: Map<string, { readonly request: string; readonly answer: Record<string, unknown> }>;
  /** Whether new volumes are encrypted without being asked to be. */
  encryptsByDefault: boolean;
}

export function emptyStorageState(): StorageState {
  return {
    volumes: new Map(),
    snapshots: new Map(),
    images: new Map(),
    deregisteredImages: new Set(),
    addresses: new Map(),
    launchTemplates: new Map(),
    profileAssociations: new Map(),
    answers: new Map(),
    encryptsByDefault: false,
  };
}
