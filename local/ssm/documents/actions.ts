/** What AWS documents of an action. */
export interface ActionDescription {
  readonly required: readonly string[];
  /** `any`: the other inputs are those of the API that it calls. */
  readonly optional: readonly string[] | 'any';
  /** Outputs that it has without declaring them. */
  readonly outputs: readonly string[];
}

const API = ['Service', 'Api'];
const PROPERTY = [...API, 'PropertySelector', 'DesiredValues'];
const IMAGE = ['ImageId', 'ImageState'];

/**
 * Every action that AWS's Automation has. A document may use any of them; which ones run here is
 * the action registry's matter.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export const AWS_ACTIONS: ReadonlyMap<string, ActionDescription> = new Map(
  Object.entries({
    'aws:approve': describe('Approvers', 'NotificationArn Message MinRequiredApprovals', [
      'ApprovalStatus',
      'ApproverDecisions',
    ]),
    'aws:assertAwsResourceProperty': { required: PROPERTY, optional: 'any', outputs: [] },
    'aws:branch': describe('Choices', 'Default'),
    'aws:changeInstanceState': describe('InstanceIds DesiredState', 'CheckStateOnly Force AdditionalInfo', [
      'InstanceStates',
    ]),
    'aws:copyImage': describe(
      'SourceRegion SourceImageId ImageName',
      'ImageDescription Encrypted KmsKeyId ClientToken',
      IMAGE,
    ),
    'aws:createImage': describe(
      'InstanceId ImageName',
      'ImageDescription NoReboot BlockDeviceMappings TagSpecifications',
      IMAGE,
    ),
    'aws:createStack': describe(
      'StackName',
      'Capabilities ClientRequestToken DisableRollback NotificationARNs OnFailure OnStackFailure Parameters ResourceTypes RoleARN StackPolicyBody StackPolicyURL Tags TemplateBody TemplateURL TimeoutInMinutes EnableTerminationProtection',
      ['StackId', 'StackStatus', 'StackStatusReason'],
    ),
    'aws:createTags': describe('ResourceIds Tags', 'ResourceType'),
    'aws:deleteImage': describe('ImageId'),
    'aws:deleteStack': describe(
      'StackName',
      'ClientRequestToken RetainResources.member.N RetainResources RoleARN',
    ),
    'aws:executeAutomation': describe(
      'DocumentName',
      'DocumentVersion RuntimeParameters MaxConcurrency MaxErrors Tags TargetLocations TargetMaps TargetParameterName Targets',
      ['Output', 'ExecutionId', 'Status'],
    ),
    'aws:executeAwsApi': { required: API, optional: 'any', outputs: ['OutputPayload'] },
    'aws:executeScript': describe('Runtime', 'Handler Script InputPayload Attachment', [
      'OutputPayload',
      'Payload',
    ]),
    'aws:executeStateMachine': describe('stateMachineArn', 'input name', [
      'executionArn',
      'input',
      'name',
      'output',
      'startDate',
      'stateMachineArn',
      'status',
      'stopDate',
    ]),
    'aws:invokeLambdaFunction': describe(
      'FunctionName',
      'Qualifier InvocationType LogType ClientContext InputPayload Payload',
      ['StatusCode', 'FunctionError', 'LogResult', 'Payload'],
    ),
    'aws:invokeWebhook': describe('IntegrationName', 'Body', ['Response', 'ResponseCode']),
    'aws:loop': describe('Steps', 'Iterators IteratorDataType LoopCondition MaxIterations', [
      'CurrentIteration',
      'CurrentIteratorValue',
    ]),
    'aws:pause': describe(''),
    'aws:runCommand': describe(
      'DocumentName',
      'Parameters CloudWatchOutputConfig Comment DocumentHash DocumentHashType DocumentVersion InstanceIds MaxConcurrency MaxErrors NotificationConfig OutputS3BucketName OutputS3KeyPrefix OutputS3Region PreventConcurrentExecution ServiceRoleArn Targets TimeoutSeconds AlarmConfiguration',
      ['CommandId', 'Status', 'ResponseCode', 'Output'],
    ),
    'aws:runInstances': describe(
      'ImageId',
      'AdditionalInfo BlockDeviceMappings ClientToken DisableApiTermination EbsOptimized IamInstanceProfileArn IamInstanceProfileName InstanceInitiatedShutdownBehavior InstanceType KernelId KeyName MaxInstanceCount MinInstanceCount Monitoring NetworkInterfaces PlacementAffinity PlacementAvailabilityZone PlacementGroupName PlacementHostId PlacementTenancy PrivateIpAddress RamdiskId SecurityGroupIds SecurityGroups SubnetId TagSpecifications UserData MetadataOptions',
      ['InstanceIds', 'InstanceStates'],
    ),
    'aws:sleep': describe('', 'Duration Timestamp'),
    'aws:updateVariable': describe('Name Value'),
    'aws:waitForAwsResourceProperty': { required: PROPERTY, optional: 'any', outputs: [] },
  }),
);

/** How a branch or a loop compares. `And`, `Or` and `Not` hold choices. */
export const COMPARISONS = [
  'StringEquals',
  'EqualsIgnoreCase',
  'StartsWith',
  'EndsWith',
  'Contains',
  'NumericEquals',
  'NumericGreater',
  'NumericLesser',
  'NumericGreaterOrEquals',
  'NumericLesserOrEquals',
  'BooleanEquals',
] as const;

export type Comparison = (typeof COMPARISONS)[number];

/** Names separated by spaces. */
function describe(required: string, optional = '', outputs: readonly string[] = []): ActionDescription {
  const names = (text: string) => text.split(' ').filter((name) => name !== '');
  return {
    required: names(required),
    optional: names(optional),
    outputs: outputs.length > 0 ? [...outputs, 'OutputPayload'] : [],
  };
}
