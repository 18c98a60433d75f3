import { texts } from '../../input.ts';
import { paginate } from '../../pagination.ts';
import { describeInput } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { applyFilters } from '../filters.ts';
import { requireAssociation, viewProfileAssociation } from '../profile-associations.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIamInstanceProfileAssociations.html */
export const describeIamInstanceProfileAssociations = ec2Operation({
  input: { AssociationIds: texts.optional(), ...describeInput },
  run: ({ AssociationIds, Filters, MaxResults, NextToken }, context) => {
    const { ec2 } = context.state;
    const all = AssociationIds?.length
      ? AssociationIds.map((id) => requireAssociation(id, ec2))
      : ec2.profileAssociations.values();
    const found = applyFilters(
      all,
      {
        idOf: (each) => each.associationId,
        table: { 'instance-id': (each) => each.instanceId, state: () => 'associated' },
      },
      { filters: Filters, context },
    );
    const page = paginate(found, {
      maxResults: MaxResults,
      nextToken: NextToken,
      invalidTokenCode: 'InvalidNextToken',
    });
    return {
      IamInstanceProfileAssociations: page.items.map((each) => viewProfileAssociation(each, 'associated')),
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    };
  },
});
