import type { MemoryOperation } from '../operation.ts';
import { authorizeSecurityGroupEgress } from './operations/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './operations/authorize-security-group-ingress.ts';
import { createNetworkInterface } from './operations/create-network-interface.ts';
import { createSecurityGroup } from './operations/create-security-group.ts';
import { createSubnet } from './operations/create-subnet.ts';
import { createTags } from './operations/create-tags.ts';
import { createVpc } from './operations/create-vpc.ts';
import { deleteNetworkInterface } from './operations/delete-network-interface.ts';
import { deleteSecurityGroup } from './operations/delete-security-group.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { describeInstanceStatus } from './operations/describe-instance-status.ts';
import { describeInstances } from './operations/describe-instances.ts';
import { describeNetworkInterfaces } from './operations/describe-network-interfaces.ts';
import { describeSecurityGroupRules } from './operations/describe-security-group-rules.ts';
import { describeSecurityGroups } from './operations/describe-security-groups.ts';
import { describeSubnets } from './operations/describe-subnets.ts';
import { describeTags } from './operations/describe-tags.ts';
import { describeVpcs } from './operations/describe-vpcs.ts';
import { modifyInstanceAttribute } from './operations/modify-instance-attribute.ts';
import { modifyNetworkInterfaceAttribute } from './operations/modify-network-interface-attribute.ts';
import { modifySecurityGroupRules } from './operations/modify-security-group-rules.ts';
import { revokeSecurityGroupEgress } from './operations/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './operations/revoke-security-group-ingress.ts';
import { runInstances } from './operations/run-instances.ts';
import { startInstances } from './operations/start-instances.ts';
import { stopInstances } from './operations/stop-instances.ts';
import { terminateInstances } from './operations/terminate-instances.ts';

/** What the in-memory account knows of EC2. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export const ec2Operations = {
  'ec2.AuthorizeSecurityGroupEgress': authorizeSecurityGroupEgress,
  'ec2.AuthorizeSecurityGroupIngress': authorizeSecurityGroupIngress,
  'ec2.CreateNetworkInterface': createNetworkInterface,
  'ec2.CreateSecurityGroup': createSecurityGroup,
  'ec2.CreateSubnet': createSubnet,
  'ec2.CreateTags': createTags,
  'ec2.CreateVpc': createVpc,
  'ec2.DeleteNetworkInterface': deleteNetworkInterface,
  'ec2.DeleteSecurityGroup': deleteSecurityGroup,
  'ec2.DeleteTags': deleteTags,
  'ec2.DescribeInstanceStatus': describeInstanceStatus,
  'ec2.DescribeInstances': describeInstances,
  'ec2.DescribeNetworkInterfaces': describeNetworkInterfaces,
  'ec2.DescribeSecurityGroupRules': describeSecurityGroupRules,
  'ec2.DescribeSecurityGroups': describeSecurityGroups,
  'ec2.DescribeSubnets': describeSubnets,
  'ec2.DescribeTags': describeTags,
  'ec2.DescribeVpcs': describeVpcs,
  'ec2.ModifyInstanceAttribute': modifyInstanceAttribute,
  'ec2.ModifyNetworkInterfaceAttribute': modifyNetworkInterfaceAttribute,
  'ec2.ModifySecurityGroupRules': modifySecurityGroupRules,
  'ec2.RevokeSecurityGroupEgress': revokeSecurityGroupEgress,
  'ec2.RevokeSecurityGroupIngress': revokeSecurityGroupIngress,
  'ec2.RunInstances': runInstances,
  'ec2.StartInstances': startInstances,
  'ec2.StopInstances': stopInstances,
  'ec2.TerminateInstances': terminateInstances,
} as const satisfies Readonly<Record<`ec2.${string}`, MemoryOperation>>;
