import { createCalendars } from './calendars.ts';
import { clientOptions, toldIn } from './client-options.ts';
import { createSsm } from './clients.ts';
import { clock, config } from './deps.ts';
import { createOpsItems } from './ops-items.ts';
import { createRunbooks } from './runbooks.ts';

// Apart from deps.ts, so that a function which needs no Systems Manager does not load its client.

const ssm = createSsm(clientOptions);

export const runbooks = createRunbooks(ssm, clock);
export const opsItems = createOpsItems({ ssm, toldIn, accountId: config.accountId });
export const calendars = createCalendars(ssm, clock);
