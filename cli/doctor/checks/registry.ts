import type { Check } from '../check.ts';
import { arrivals } from './arrivals.ts';
import { automationRoles } from './automation-roles.ts';
import { clock } from './clock.ts';
import { documents } from './documents.ts';
import { exceptions } from './exceptions.ts';
import { functionRoles } from './function-roles.ts';
import { functions } from './functions.ts';
import { guards, opsItems } from './guards.ts';
import { mappings } from './mappings.ts';
import { metrics } from './metrics.ts';
import { ownRunbooks } from './own-runbooks.ts';
import { passRole } from './pass-role.ts';
import { queues } from './queues.ts';
import { adaptiveConcurrency, automations, lambdaConcurrency, serviceQuotas } from './quotas.ts';
import { rules } from './rules.ts';
import { streams } from './streams.ts';
import { deletionProtection, pointInTimeRecovery, tables } from './tables.ts';

/** All checks, in the order in which they are shown. */
export const checks: readonly Check[] = [
  arrivals,
  rules,
  metrics,
  queues,
  functions,
  streams,
  tables,
  deletionProtection,
  pointInTimeRecovery,
  functionRoles,
  automationRoles,
  passRole,
  documents,
  ownRunbooks,
  adaptiveConcurrency,
  automations,
  lambdaConcurrency,
  serviceQuotas,
  opsItems,
  mappings,
  guards,
  exceptions,
  clock,
];
