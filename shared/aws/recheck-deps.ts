import { clientOptions } from './client-options.ts';
import { createConfigService, createSupport } from './clients.ts';
import { log } from './deps.ts';
import { createRecheck } from './recheck.ts';

// Apart, so that a function which asks no source to look again does not load the clients for it.
export const recheck = createRecheck({
  config: createConfigService(clientOptions),
  support: createSupport(clientOptions),
  log,
});
