/** A trail, with whether it logs now. */
export interface TrailRecord {
  readonly name: string;
  /** Its home region. */
  readonly region: string;
  s3BucketName: string;
  s3KeyPrefix: string | undefined;
  snsTopicArn: string | undefined;
  includeGlobalServiceEvents: boolean;
  isMultiRegion: boolean;
  logFileValidation: boolean;
  cloudWatchLogsLogGroupArn: string | undefined;
  cloudWatchLogsRoleArn: string | undefined;
  /** ARN of the key. */
  kmsKeyId: string | undefined;
  isLogging: boolean;
  startedAt: Date | undefined;
  stoppedAt: Date | undefined;
  /** As PutEventSelectors took them; undefined: CloudTrail's default. */
  selectors: Selectors | undefined;
  /** Undefined: never tagged. */
  tags: Map<string, string> | undefined;
}

export interface Selectors {
  readonly EventSelectors?: readonly object[];
  readonly AdvancedEventSelectors?: readonly object[];
}

/** CloudTrail's part of the account: trails by ARN. */
export interface CloudTrailState {
  readonly trails: Map<string, TrailRecord>;
}

export function emptyCloudTrailState(): CloudTrailState {
  return { trails: new Map() };
}
