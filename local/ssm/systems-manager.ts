import type { Account } from '../account/account.ts';
import type { Clock } from '../clock.ts';
import type { EventPublisher } from '../events/event.ts';
import type { Ids } from '../ids.ts';
import type { AwsJsonService } from '../service.ts';
import { createAssociations } from './associations/associations.ts';
import { type Automation, type AutomationOptions, createAutomation } from './automation/automation.ts';
import type { ActionOptions } from './automation/deps.ts';
import { createDocuments, type DocumentOptions } from './documents/documents.ts';
import { createManagedInstances } from './managed-instances/managed-instances.ts';
import { createOpsCenter } from './ops-center/ops-center.ts';
import { withOwnExecutions, withSystemsManager } from './own-account.ts';
import { createParameters } from './parameters/parameters.ts';
import type { RunCommandOptions } from './run-command/deps.ts';
import { createRunCommand } from './run-command/run-command.ts';
import { createTagOperations } from './tags/tag-operations.ts';
import { TagStore } from './tags/tag-store.ts';

export interface SystemsManagerDeps
  extends ActionOptions,
    Pick<RunCommandOptions, 'isManaged' | 'respond'>,
    Pick<AutomationOptions, 'actions' | 'reportFault'>,
    Pick<DocumentOptions, 'directories' | 'documents'> {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventPublisher;
  readonly account: Account;
  readonly accountId: string;
  /**
   * Whether what runbooks ask of Systems Manager is answered here, not by the account. Where it is false, they are
   * still told here of executions that run here. @default true
   */
  readonly answersRunbooks?: boolean;
}

/**
 * Systems Manager on the laptop: Automation, documents, OpsCenter, Parameter Store and tags as one service.
 * All is seen from every region: a finding's runbook and OpsItem are made in the finding's, and a person at a laptop
 * asks with whatever region the CLI has. ARNs, events and API calls keep the region where a thing was made.
 */
export interface SystemsManager {
  readonly service: AwsJsonService;
  readonly automation: Automation;
  /** The account as runbooks see it. */
  readonly account: Account;
}

export function createSystemsManager(deps: SystemsManagerDeps): SystemsManager {
  const { clock, ids, events } = deps;
  const tags = new TagStore();
  const documents = createDocuments({ ...deps, tags });
  const parameters = createParameters({ clock, tags });
  const account =
    deps.answersRunbooks === false
      ? withOwnExecutions({ ...deps, operations: () => automation.operations })
      : withSystemsManager({ ...deps, operations: () => service.operations });
  const automation = createAutomation({
    attachments: async (file) => documents.attachment(file),
    ...deps,
    account,
    documents,
    parameters,
    tags,
  });
  const opsCenter = createOpsCenter({ clock, ids, events, tags });
  const managed = createManagedInstances({ ...deps, operations: () => service.operations });
  const reach = { isManaged: managed.isManaged, ...deps };
  const service: AwsJsonService = {
    targetPrefix: 'AmazonSSM',
    jsonVersion: '1.1',
    operations: {
      ...documents.operations,
      ...parameters.operations,
      ...automation.operations,
      ...createRunCommand(reach).operations,
      ...managed.operations,
      ...createAssociations({ ...reach, operations: () => service.operations }).operations,
      ...opsCenter.operations,
      ...createTagOperations({ tags }).operations,
    },
  };
  return { automation, service, account };
}
