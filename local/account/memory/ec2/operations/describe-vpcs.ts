import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { viewVpc } from '../network.ts';
import { VPC } from '../resource-ids.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html */
export const describeVpcs = ec2Operation({
  input: { VpcIds: idList, ...describeInput },
  run: ({ VpcIds, ...input }, context) => {
    const { items, next } = describeResources(
      {
        kind: VPC,
        all: () => context.state.ec2.vpcs.values(),
        idOf: (each) => each.vpcId,
        table: {
          'vpc-id': (each) => each.vpcId,
          cidr: (each) => each.cidrBlock,
          'is-default': (each) => each.isDefault,
          isDefault: (each) => each.isDefault,
          state: () => 'available',
          'owner-id': () => context.accountId,
        },
      },
      { ...input, ids: VpcIds },
      context,
    );
    return { Vpcs: items.map((each) => viewVpc(each, context)), ...next };
  },
});
