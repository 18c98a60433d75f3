import type { Account } from '../account/account.ts';
import type { Clock } from '../clock.ts';
import type { EventPublisher } from '../events/event.ts';
import type { Ids } from '../ids.ts';
import type { AwsJsonService } from '../service.ts';
import { type Automation, createAutomation } from './automation/automation.ts';
import { createDocuments } from './documents/documents.ts';
import { createOpsCenter } from './ops-center/ops-center.ts';
import { createParameters } from './parameters/parameters.ts';
import { createTagOperations } from './tags/tag-operations.ts';
import { TagStore } from './tags/tag-store.ts';

export interface SystemsManagerDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventPublisher;
  readonly account: Account;
  readonly accountId: string;
}

/**
 * Systems Manager on the laptop: Automation, documents, OpsCenter, Parameter Store and tags as one service.
 * All is seen from every region: a finding's runbook and OpsItem are made in the finding's, and a person at a laptop
 * asks with whatever region the CLI has. ARNs, events and API calls keep the region where a thing was made.
 */
export interface SystemsManager {
  readonly service: AwsJsonService;
  readonly automation: Automation;
}

export function createSystemsManager(deps: SystemsManagerDeps): SystemsManager {
  const { clock, ids, events, account, accountId } = deps;
  const tags = new TagStore();
  const documents = createDocuments({ clock, tags, accountId });
  const parameters = createParameters({ clock, tags });
  const automation = createAutomation({ clock, ids, events, account, documents, parameters, tags });
  const opsCenter = createOpsCenter({ clock, ids, events, tags });
  return {
    automation,
    service: {
      targetPrefix: 'AmazonSSM',
      jsonVersion: '1.1',
      operations: {
        ...documents.operations,
        ...parameters.operations,
        ...automation.operations,
        ...opsCenter.operations,
        ...createTagOperations({ tags }).operations,
      },
    },
  };
}
