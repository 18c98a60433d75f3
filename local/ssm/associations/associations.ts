import type { Operation } from '../../service.ts';
import { AssociationStore } from './association-store.ts';
import type { AssociationDeps, AssociationOptions } from './deps.ts';
import { createAssociation } from './operations/create-association.ts';
import { deleteAssociation } from './operations/delete-association.ts';
import { describeAssociation } from './operations/describe-association.ts';
import { describeAssociationExecutions } from './operations/describe-association-executions.ts';
import { describeInstanceAssociationsStatus } from './operations/describe-instance-associations-status.ts';
import { listAssociations } from './operations/list-associations.ts';
import { startAssociationsOnce } from './operations/start-associations-once.ts';

export interface Associations {
  readonly operations: Readonly<Record<string, Operation>>;
}

/** State Manager: associations that are applied by Run Command when they are made, and when they are started. */
export function createAssociations(options: AssociationOptions): Associations {
  const deps: AssociationDeps = { ...options, store: new AssociationStore() };
  return {
    operations: {
      CreateAssociation: (input, context) => createAssociation(deps, input, context),
      DescribeAssociation: (input, context) => describeAssociation(deps, input, context),
      ListAssociations: (input, context) => listAssociations(deps, input, context),
      DeleteAssociation: (input) => deleteAssociation(deps, input),
      StartAssociationsOnce: (input, context) => startAssociationsOnce(deps, input, context),
      DescribeAssociationExecutions: (input, context) => describeAssociationExecutions(deps, input, context),
      DescribeInstanceAssociationsStatus: (input, context) =>
        describeInstanceAssociationsStatus(deps, input, context),
    },
  };
}
