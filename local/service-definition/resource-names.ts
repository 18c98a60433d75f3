import type { Resource } from './template.ts';

/** What names and ARNs of resources are made of. */
export interface Deployment {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  readonly stackName: string;
}

/** A resource as `Ref` and `Fn::GetAtt` see it. */
export interface ResourceValues {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Naming {
  /** The property that holds the resource's physical name. */
  readonly nameProperty: string;
  values(name: string, deployment: Deployment, property: (key: string) => string | undefined): ResourceValues;
}

const regional = (service: string, resource: string, deployment: Deployment): string =>
  `arn:${deployment.partition}:${service}:${deployment.region}:${deployment.accountId}:${resource}`;

/** Return values by resource type. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
const namings: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    values: (name, deployment) => {
      const arn = regional('dynamodb', `table/${name}`, deployment);
      // A stream's real label is known once the table exists; the function host looks it up by the table.
      return { ref: name, attributes: { Arn: arn, StreamArn: `${arn}/stream/latest` } };
    },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    values: (name, deployment) => {
      const { region, accountId, urlSuffix } = deployment;
      const url = `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`;
      return {
        ref: url,
        attributes: { Arn: regional('sqs', name, deployment), QueueName: name, QueueUrl: url },
      };
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    values: (name, { partition, accountId }, property) => {
      const path = property('Path') ?? '/';
      return { ref: name, attributes: { Arn: `arn:${partition}:iam::${accountId}:role${path}${name}` } };
    },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    values: (name, deployment) => {
      const arn = regional('sns', name, deployment);
      return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
    },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    values: (name, deployment) => ({
      ref: name,
      attributes: { Arn: regional('logs', `log-group:${name}:*`, deployment) },
    }),
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    values: (name, { partition }) => ({ ref: name, attributes: { Arn: `arn:${partition}:s3:::${name}` } }),
  },
  'AWS::SSM::Document': {
    nameProperty: 'Name',
    values: (name) => ({ ref: name, attributes: {} }),
  },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    values: (name, _deployment, property) => {
      const value = property('Value');
      return { ref: name, attributes: value === undefined ? {} : { Value: value } };
    },
  },
};

/** @param property a property of the resource as text, where it has one that is text */
export function resourceValues(
  resource: Resource,
  deployment: Deployment,
  property: (key: string) => string | undefined,
): ResourceValues {
  const generated = `${deployment.stackName}-${resource.logicalId}`;
  const naming = Object.hasOwn(namings, resource.type) ? namings[resource.type] : undefined;
  if (naming === undefined) return { ref: generated, attributes: {} };
  return naming.values(property(naming.nameProperty) ?? generated, deployment, property);
}
