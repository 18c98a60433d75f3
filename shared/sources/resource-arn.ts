import { parseArn, partitionOf } from '../domain/finding.ts';

/** Where a resource is. */
interface Owner {
  readonly account: string;
  readonly region: string;
}

const ec2 =
  (type: string) =>
  (id: string, { account, region }: Owner) =>
    `ec2:${region}:${account}:${type}/${id}`;

/**
 * ARNs from what events say instead: a CloudFormation type and an ID.
 * Types whose ID is not what their ARN ends in (IAM users by ID, databases by resource ID) are left out on purpose.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ARNS: Readonly<Record<string, (id: string, owner: Owner) => string>> = {
  'AWS::EC2::Instance': ec2('instance'),
  'AWS::EC2::SecurityGroup': ec2('security-group'),
  'AWS::EC2::Volume': ec2('volume'),
  'AWS::EC2::VPC': ec2('vpc'),
  'AWS::EC2::Subnet': ec2('subnet'),
  'AWS::EC2::NetworkInterface': ec2('network-interface'),
  'AWS::EC2::NetworkAcl': ec2('network-acl'),
  'AWS::EC2::RouteTable': ec2('route-table'),
  'AWS::EC2::InternetGateway': ec2('internet-gateway'),
  'AWS::EC2::EIP': ec2('elastic-ip'),
  'AWS::S3::Bucket': (id) => `s3:::${id}`,
  'AWS::KMS::Key': (id, { account, region }) => `kms:${region}:${account}:key/${id}`,
  'AWS::CloudTrail::Trail': (id, { account, region }) => `cloudtrail:${region}:${account}:trail/${id}`,
  'AWS::DynamoDB::Table': (id, { account, region }) => `dynamodb:${region}:${account}:table/${id}`,
  'AWS::ECS::Cluster': (id, { account, region }) => `ecs:${region}:${account}:cluster/${id}`,
  'AWS::EKS::Cluster': (id, { account, region }) => `eks:${region}:${account}:cluster/${id}`,
  'AWS::Lambda::Function': (id, { account, region }) => `lambda:${region}:${account}:function:${id}`,
};

/** Services spell the types in ways of their own: `AwsEc2Instance`, `AWS_EC2_INSTANCE`. */
const BY_TYPE = new Map(Object.entries(ARNS));
const BY_SPELLING = new Map(Object.entries(ARNS).map(([type, arn]) => [spelling(type), arn]));

function spelling(type: string): string {
  return type.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** The ARN of a resource that an event names by type and ID; the ID itself where no ARN can be made of it. */
export function resourceArnOf(type: string, id: string, owner: Owner): string {
  if (parseArn(id)) return id;
  // Systems Manager's view of an instance has the instance's own ID.
  const known = /^i-[0-9a-f]+$/.test(id) ? 'AWS::EC2::Instance' : type;
  const rest = (BY_TYPE.get(known) ?? BY_SPELLING.get(spelling(known)))?.(id, owner);
  return rest === undefined ? id : `arn:${partitionOf(owner.region)}:${rest}`;
}
