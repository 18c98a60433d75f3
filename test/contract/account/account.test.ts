import { createMemoryAccount } from '../../../local/account/memory/memory-account.ts';
import { createRemoteAccount } from '../../../local/account/remote.ts';
import { systemClock } from '../../../local/clock.ts';
import { randomIds } from '../../../local/ids.ts';
import { createSystemsManager } from '../../../local/ssm/systems-manager.ts';
import { startTestEndpoint } from '../../unit/local/endpoint/start-endpoint.ts';
import { RecordingBus } from '../../unit/local/ssm/automation/support.ts';
import { runContract, type Target } from './contract.ts';
import { suites } from './suites.ts';

/** The account in memory, and the Systems Manager that manages its instances. */
function newMemoryAccount() {
  const deps = { clock: systemClock, ids: randomIds, accountId: '012345678901' };
  const memory = createMemoryAccount(deps);
  return { memory, ...createSystemsManager({ ...deps, account: memory, events: new RecordingBus() }) };
}

const targets: readonly Target[] = [
  {
    name: 'in memory',
    start: async () => {
      const { account } = newMemoryAccount();
      return { account, [Symbol.asyncDispose]: () => account.close() };
    },
  },
  {
    name: 'in memory, over the wire, by the AWS SDK',
    start: async () => {
      const { memory, service } = newMemoryAccount();
      const served = await startTestEndpoint({ services: [service], account: memory });
      const account = createRemoteAccount({ endpoint: served.url });
      return {
        account,
        [Symbol.asyncDispose]: async () => {
          await account.close();
          await served[Symbol.asyncDispose]();
        },
      };
    },
  },
];

for (const target of targets) runContract(target, suites);
