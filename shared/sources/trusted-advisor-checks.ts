/**
 * The IDs of Trusted Advisor's checks: events give the name alone, people and the API the ID. Names change and checks are
 * added: what is not here is found by its name.
 * https://docs.aws.amazon.com/awssupport/latest/user/trusted-advisor-check-reference.html
 */
const CHECKS = `
PPkZrjsH2q Amazon EBS Provisioned IOPS (SSD) Volume Attachment Configuration
Bh2xRR2FGH Amazon EC2 to EBS Throughput Optimization
B913Ef6fb4 Amazon Route 53 Alias Resource Record Sets
N420c450f2 CloudFront Alternate Domain Names
796d6f3D83 CloudFront Content Delivery Optimization
N415c450f2 CloudFront Header Forwarding and Cache Hit Ratio
ZRxQlPsb6c High Utilization Amazon EC2 Instances
j3DFqYTe29 Large Number of EC2 Security Group Rules Applied to an Instance
k3J2hns32g Overutilized Amazon EBS Magnetic Volumes
ePs02jT06w Amazon EBS Public Snapshots
rSs93HQwa1 Amazon RDS Public Snapshots
nNauJisYIT Amazon RDS Security Group Access Risk
c9D319e7sG Amazon Route 53 MX Resource Record Sets and Sender Policy Framework
Pfx0RwqBli Amazon S3 Bucket Permissions
vjafUGJ9H0 AWS CloudTrail Logging
N425c450f2 CloudFront Custom SSL Certificates in the IAM Certificate Store
N430c450f2 CloudFront SSL Certificate on the Origin Server
a2sEc6ILx ELB Listener Security
xSqX82fQu ELB Security Groups
DqdJqYeRm5 IAM Access Key Rotation
12Fnkpl8Y5 Exposed Access Keys
Yw2K9puPzl IAM Password Policy
zXCkfM1nI3 IAM Use
7DAFEmoDos MFA on Root Account
HCP4007jGY Security Groups - Specific Ports Unrestricted
1iG5NDGVre Security Groups - Unrestricted Access
1e93e4c0b5 Amazon EC2 Reserved Instance Lease Expiration
1MoPEMsKx6 Amazon EC2 Reserved Instances Optimization
Ti39halfu8 Amazon RDS Idle DB Instances
51fC20e7I2 Amazon Route 53 Latency Resource Record Sets
hjLMh88uM8 Idle Load Balancers
Qch7DwouX1 Low Utilization Amazon EC2 Instances
Z4AUBRNSmz Unassociated Elastic IP Addresses
DAvU99Dc4C Underutilized Amazon EBS Volumes
G31sQ1E9U Underutilized Amazon Redshift Clusters
xuy7H1avtl Amazon Aurora DB Instance Accessibility
H7IgTzjTYb Amazon EBS Snapshots
wuy7G1zxql Amazon EC2 Availability Zone Balance
opQPADkZvH Amazon RDS Backups
f2iK5R6Dep Amazon RDS Multi-AZ
Cb877eB72b Amazon Route 53 Deleted Health Checks
b73EEdD790 Amazon Route 53 Failover Resource Record Sets
C056F80cR3 Amazon Route 53 High TTL Resource Record Sets
cF171Db240 Amazon Route 53 Name Server Delegations
BueAdJ7NrP Amazon S3 Bucket Logging
R365s2Qddf Amazon S3 Bucket Versioning
CLOG40CDO8 Auto Scaling Group Health Check
8CNsSllI5v Auto Scaling Group Resources
0t121N1Ty3 AWS Direct Connect Connection Redundancy
8M012Ph3U5 AWS Direct Connect Location Redundancy
4g3Nt5M1Th AWS Direct Connect Virtual Interface Redundancy
7qGXsKIUw ELB Connection Draining
xdeXZKIUy ELB Cross-Zone Load Balancing
tfg86AVHAZ Large Number of Rules in an EC2 Security Group
iqdCTZKCUp Load Balancer Optimization
S45wrEXrLz VPN Tunnel Redundancy
Cm24dfsM12 Amazon Comprehend Underutilized Endpoints
Cm24dfsM13 Amazon Comprehend Endpoint Access Risk
L4dfs2Q3C2 AWS Lambda Functions with High Error Rates
L4dfs2Q3C3 AWS Lambda Functions with Excessive Timeouts
L4dfs2Q4C5 AWS Lambda Functions Using Deprecated Runtimes
L4dfs2Q4C6 AWS Lambda VPC-enabled Functions without Multi-AZ Redundancy
Qsdfp3A4L1 Amazon EC2 instances over-provisioned for Microsoft SQL Server
Qsdfp3A4L2 Amazon EC2 instances consolidation for Microsoft SQL Server
Qsdfp3A4L3 Amazon EC2 instances with Microsoft SQL Server end of support
c18d2gz100 Amazon S3 Bucket Lifecycle Policy Configured
c18d2gz150 Amazon EC2 Instances Stopped
c1cj39rr6v Amazon S3 Incomplete Multipart Upload Abort Configuration
Hs4Ma3G100 Amazon SageMaker notebook instances should not have direct internet access
Hs4Ma3G101 Amazon Elastic MapReduce cluster master nodes should not have public IP addresses
Hs4Ma3G102 Connections to Amazon Redshift clusters should be encrypted in transit
Hs4Ma3G103 Amazon Redshift clusters should prohibit public access
Hs4Ma3G104 Redshift clusters should use enhanced VPC routing
Hs4Ma3G105 Amazon Redshift should have automatic upgrades to major versions enabled
Hs4Ma3G106 Amazon Redshift clusters should have audit logging enabled
Hs4Ma3G107 CloudFront distributions should require encryption in transit
Hs4Ma3G108 CloudTrail trails should be integrated with Amazon CloudWatch Logs
Hs4Ma3G109 CloudTrail log file validation should be enabled
Hs4Ma3G110 CloudTrail should have encryption at-rest enabled
Hs4Ma3G111 CloudTrail should be enabled and configured with at least one multi-region trail
Hs4Ma3G112 Secrets Manager secrets should be rotated within a specified number of days
Hs4Ma3G113 Secrets Manager secrets configured with automatic rotation should rotate successfully
Hs4Ma3G114 Remove unused Secrets Manager secrets
Hs4Ma3G115 Secrets Manager secrets should have automatic rotation enabled
Hs4Ma3G116 EBS snapshots should not be public, determined by the ability to be restorable by anyone
Hs4Ma3G117 Attached EBS volumes should be encrypted at-rest
Hs4Ma3G118 The VPC default security group should not allow inbound and outbound traffic
Hs4Ma3G120 Stopped EC2 instances should be removed after a specified time period
Hs4Ma3G121 EBS default encryption should be enabled
Hs4Ma3G122 VPC flow logging should be enabled in all VPCs
Hs4Ma3G123 EC2 instances should not have a public IPv4 address
Hs4Ma3G124 EC2 instances should use Instance Metadata Service Version 2
Hs4Ma3G125 API Gateway should be associated with a WAF Web ACL
Hs4Ma3G126 DynamoDB Accelerator (DAX) clusters should be encrypted at rest
Hs4Ma3G127 API Gateway REST and WebSocket API execution logging should be enabled
Hs4Ma3G128 API Gateway REST API stages should be configured to use SSL certificates for backend authentication
Hs4Ma3G129 API Gateway REST API stages should have AWS X-Ray tracing enabled
Hs4Ma3G130 Lambda functions should use supported runtimes
Hs4Ma3G131 Lambda function policies should prohibit public access
Hs4Ma3G132 Database Migration Service replication instances should not be public
Hs4Ma3G133 IAM customer managed policies should not allow decryption actions on all KMS keys
Hs4Ma3G134 IAM principals should not have IAM inline policies that allow decryption actions on all KMS keys
Hs4Ma3G135 AWS KMS keys should not be deleted unintentionally
Hs4Ma3G136 Amazon SQS queues should be encrypted at rest
Hs4Ma3G137 IAM policies should not allow full "*" administrative privileges
Hs4Ma3G138 IAM users should not have IAM policies attached
Hs4Ma3G139 IAM users' access keys should be rotated every 90 days or less
Hs4Ma3G140 IAM root user access key should not exist
Hs4Ma3G141 MFA should be enabled for all IAM users that have a console password
Hs4Ma3G142 Hardware MFA should be enabled for the root user
Hs4Ma3G143 Password policies for IAM users should have strong configurations
Hs4Ma3G144 Unused IAM user credentials should be removed
Hs4Ma3G145 Amazon ECS task definitions should have secure networking modes and user definitions
Hs4Ma3G146 ECS services should not have public IP addresses assigned to them automatically
Hs4Ma3G147 Amazon Elasticsearch Service domains should be in a VPC
Hs4Ma3G148 Elastic Beanstalk environments should have enhanced health reporting enabled
Hs4Ma3G149 Elastic Beanstalk managed platform updates should be enabled
Hs4Ma3G150 Elasticsearch domains should encrypt data sent between nodes
Hs4Ma3G151 An RDS event notifications subscription should be configured for critical database parameter group events
Hs4Ma3G152 An RDS event notifications subscription should be configured for critical database instance events
Hs4Ma3G153 RDS instances should not use a database engine default port
Hs4Ma3G154 An RDS event notifications subscription should be configured for critical database security group events
Hs4Ma3G155 EC2 instances should be managed by AWS Systems Manager
Hs4Ma3G156 EC2 instances managed by Systems Manager should have a patch compliance status of COMPLIANT after a patch installation
Hs4Ma3G157 EC2 instances managed by Systems Manager should have an association compliance status of COMPLIANT
Hs4Ma3G158 SSM documents should not be public
Hs4Ma3G159 Elastic File System should be configured to encrypt file data at-rest using AWS KMS
Hs4Ma3G160 IAM authentication should be configured for RDS instances
Hs4Ma3G161 IAM authentication should be configured for RDS clusters
Hs4Ma3G162 RDS automatic minor version upgrades should be enabled
Hs4Ma3G163 RDS DB clusters should be configured to copy tags to snapshots
Hs4Ma3G164 RDS DB instances should be configured to copy tags to snapshots
Hs4Ma3G165 RDS instances should be deployed in a VPC
Hs4Ma3G166 An RDS event notifications subscription should be configured for critical cluster events
Hs4Ma3G168 S3 buckets should require requests to use Secure Socket Layer
Hs4Ma3G169 S3 permissions granted to other AWS accounts in bucket policies should be restricted
Hs4Ma3G170 S3 Block Public Access setting should be enabled
Hs4Ma3G171 S3 buckets should prohibit public read access
Hs4Ma3G172 S3 buckets should prohibit public write access
Hs4Ma3G173 S3 Block Public Access setting should be enabled at the bucket-level
Hs4Ma3G174 CodeBuild GitHub or Bitbucket source repository URLs should use OAuth
Hs4Ma3G175 CodeBuild project environment variables should not contain clear text credentials
Hs4Ma3G176 ACM certificates should be renewed after a specified time period
Hs4Ma3G177 Auto scaling groups associated with a load balancer should use load balancer health checks
Hs4Ma3G178 Security groups should only allow unrestricted incoming traffic for authorized ports
Hs4Ma3G179 SNS topics should be encrypted at-rest using AWS KMS
Hs4Ma3G180 Amazon Elasticsearch Service domain error logging to CloudWatch Logs should be enabled
Hs4Ma3G181 Classic Load Balancers with SSL/HTTPS listeners should use a certificate provided by AWS Certificate Manager
Hs4Ma3G182 Classic Load Balancer listeners should be configured with HTTPS or TLS termination
Hs4Ma3G183 Application load balancer should be configured to drop http headers
Hs4Ma3G184 Application and Classic Load Balancers logging should be enabled
Hs4Ma3G185 IAM customer managed policies that you create should not allow wildcard actions for services
Hs4Ma3G186 AWS WAF Classic Global Web ACL logging should be enabled
Hs4Ma3G187 Connections to Amazon Elasticsearch Service domains should be encrypted using TLS 1.2
Hs4Ma3G188 GuardDuty should be enabled
Hs4Ma3G189 Enhanced monitoring should be configured for RDS DB instances
Hs4Ma3G190 RDS clusters should have deletion protection enabled
Hs4Ma3G191 RDS cluster snapshots and database snapshots should be encrypted at rest
Hs4Ma3G192 RDS DB Instances should prohibit public access, determined by the PubliclyAccessible configuration
Hs4Ma3G193 RDS DB instances should have encryption at-rest enabled
Hs4Ma3G194 RDS snapshot should be private
Hs4Ma3G196 AWS Config should be enabled
Hs4Ma3G197 Amazon Elasticsearch Service domains should have encryption at-rest enabled
Hs4Ma3G198 RDS DB instances should have deletion protection enabled
Hs4Ma3G199 Database logging should be enabled
Hs4Ma3G200 CloudFront distributions should have a default root object configured
Hs4Ma3G201 CloudFront distributions should have WAF enabled
Hs4Ma3G202 API Gateway REST API cache data should be encrypted at rest
Hs4Ma3G203 Amazon Elasticsearch Service domains should have audit logging enabled
Hs4Ma3G204 Security groups should not allow unrestricted access to ports with high risk
Hs4Ma3G205 Classic Load Balancers with HTTPS/SSL listeners should use a predefined security policy that has strong configuration
Hs4Ma3G206 Amazon EC2 should be configured to use VPC endpoints that are created for the Amazon EC2 service
Hs4Ma3G207 EC2 subnets should not automatically assign public IP addresses
Hs4Ma3G208 EC2 instances should not use multiple ENIs
Hs4Ma3G209 Unused Network Access Control Lists should be removed
Hs4Ma3G210 CloudFront distributions should have logging enabled
`;

/** A check as Trusted Advisor's API names it. */
interface TrustedAdvisorCheck {
  readonly id: string;
  readonly name: string;
}

const BY_SPELLING: ReadonlyMap<string, TrustedAdvisorCheck> = new Map(
  CHECKS.trim()
    .split('\n')
    .map((line) => {
      const [id = ''] = line.split(' ', 1);
      const name = line.slice(id.length + 1);
      return [spelling(name), { id, name }];
    }),
);

/** Most events have the name as it is here. */
const BY_NAME: ReadonlyMap<string, TrustedAdvisorCheck> = new Map(
  [...BY_SPELLING.values()].map((check) => [check.name, check]),
);

/** A check by its name, however it is spelled; undefined where it is not known. */
export function trustedAdvisorCheck(checkName: string): TrustedAdvisorCheck | undefined {
  return BY_NAME.get(checkName) ?? BY_SPELLING.get(spelling(checkName));
}

/** The names of all checks that are known. */
export function trustedAdvisorCheckNames(): readonly string[] {
  return [...BY_SPELLING.values()].map(({ name }) => name);
}

/** Pages, consoles and events differ in dashes, capitals and spaces. */
function spelling(name: string): string {
  return name
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
