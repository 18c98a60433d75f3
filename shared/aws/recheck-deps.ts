import { createCheckStore } from './check-store.ts';
import { accounts, clientOptions } from './client-options.ts';
import { createConfigService, createSupport } from './clients.ts';
import { clock, config, dynamoDb, log } from './deps.ts';
import { createRecheck } from './recheck.ts';

/** What recheck is made with: the clients of the sources are in no other function. */
export const recheckDeps = {
  checks: createCheckStore({ client: dynamoDb, tableName: config.checkTrackerTable, clock }),
  accounts,
  recheck: createRecheck({
    config: createConfigService(clientOptions),
    support: createSupport(clientOptions),
    log,
  }),
};
