import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** What serverless.yml deploys, as far as the laptop's cloud runs it: variables, intrinsics and defaults resolved. */
export interface ServiceDefinition {
  readonly service: string;
  readonly stage: string;
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  /** Absolute path of the folder of serverless.yml: Lambda's task root. */
  readonly directory: string;
  readonly functions: readonly FunctionDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly topics: readonly TopicDefinition[];
}

export interface FunctionDefinition {
  /** Its key under `functions`, such as `check-tracker`. */
  readonly name: string;
  /** As deployed: `<service>-<stage>-<name>`. */
  readonly functionName: string;
  readonly functionArn: string;
  /** As written, such as `functions/check-tracker.handler`. */
  readonly handler: string;
  /** Absolute path of the handler's module. */
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly asyncConfig: AsyncConfig;
  readonly eventRules: readonly EventRuleDefinition[];
  readonly schedules: readonly ScheduleDefinition[];
  readonly streams: readonly StreamDefinition[];
  readonly topics: readonly TopicSubscriptionDefinition[];
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export interface AsyncConfig {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onFailureQueueArn: string | undefined;
}

export interface EventRuleDefinition {
  readonly name: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly deadLetterQueueArn: string | undefined;
  readonly retryPolicy: { readonly maximumEventAgeSeconds: number; readonly maximumRetryAttempts: number };
}

export interface ScheduleDefinition {
  readonly name: string;
  /** `rate(1 minute)` or `cron(0 12 * * ? *)`. */
  readonly expression: string;
  readonly timezone: string;
  readonly method: 'eventBus' | 'scheduler';
  /** What the function is given in place of the scheduled event. */
  readonly input: unknown;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html; -1 is 'without limit'. */
export interface StreamDefinition {
  readonly tableName: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly parallelizationFactor: number;
  readonly reportBatchItemFailures: boolean;
  readonly filterPatterns: readonly unknown[];
  readonly onFailureQueueArn: string | undefined;
}

export interface TableDefinition {
  readonly logicalId: string;
  readonly name: string;
  /** Input of CreateTable. */
  readonly create: CreateTableCommandInput & { readonly TableName: string };
  /** The attribute that UpdateTimeToLive is given. */
  readonly timeToLiveAttribute: string | undefined;
  /** Both make no difference on a laptop. */
  readonly pointInTimeRecovery: boolean;
  readonly deletionProtection: boolean;
}

export interface QueueDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

/** A standard topic. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export interface TopicDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly displayName: string;
  /** Of what is encrypted on AWS; nothing is here. */
  readonly kmsMasterKeyId: string | undefined;
}

export interface TopicSubscriptionDefinition {
  readonly topicArn: string;
  /** For messages that SNS cannot hand to the function: on a laptop there are none. */
  readonly deadLetterQueueArn: string | undefined;
}
