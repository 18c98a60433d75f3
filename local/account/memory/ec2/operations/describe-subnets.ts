import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { viewSubnet } from '../network.ts';
import { SUBNET } from '../resource-ids.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html */
export const describeSubnets = ec2Operation({
  input: { SubnetIds: idList, ...describeInput },
  run: ({ SubnetIds, ...input }, context) => {
    const { items, next } = describeResources(
      {
        kind: SUBNET,
        all: () => context.state.ec2.subnets.values(),
        idOf: (each) => each.subnetId,
        table: {
          'subnet-id': (each) => each.subnetId,
          'vpc-id': (each) => each.vpcId,
          'cidr-block': (each) => each.cidrBlock,
          'availability-zone': (each) => `${context.region}${each.zone}`,
          'default-for-az': (each) => each.isDefault,
          state: () => 'available',
          'owner-id': () => context.accountId,
        },
      },
      { ...input, ids: SubnetIds },
      context,
    );
    return { Subnets: items.map((each) => viewSubnet(each, context)), ...next };
  },
});
