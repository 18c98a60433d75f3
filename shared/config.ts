import * as z from 'zod/mini';
import { RemediatorError } from './domain/errors.ts';
import { REGION } from './domain/finding.ts';

const name = z.string('is not set').check(z.regex(/^[a-zA-Z0-9_.-]{3,255}$/, 'is no table name'));

const VARIABLES = {
  AWS_REGION: z.string('is not set').check(z.regex(REGION, 'is no region')),
  CHECK_TRACKER_TABLE: name,
  AUTOMATION_MAPPING_TABLE: name,
  AUTOMATION_EXECUTION_TRACKER_TABLE: name,
  REMEDIATION_EXCEPTION_TABLE: name,
  REMEDIATION_GUARD_TABLE: name,
  ACCOUNT_ID: z.string('is not set').check(z.regex(/^\d{12}$/, 'must be 12 digits')),
  CROSS_ACCOUNT_ROLE_NAME: z._default(
    z.string().check(z.regex(/^[\w+=,.@/-]{0,512}$/, 'is no name of a role')),
    '',
  ),
  CROSS_ACCOUNT_EXTERNAL_ID: z._default(
    z.string().check(z.regex(/^[\w+=,.@:/-]{0,1224}$/, 'is no external ID')),
    '',
  ),
  APPROVAL_ACTIONS: z._default(
    z
      .string()
      .check(
        z.regex(/^(?:[a-zA-Z0-9]{1,20}|\*)?(?:,(?:[a-zA-Z0-9]{1,20}|\*))*$/, 'are no IDs of custom actions'),
      ),
    '',
  ),
  OPS_ITEM_BUDGET: z._default(z.string().check(z.regex(/^\d{1,5}$/, 'must be a number')), '9000'),
} as const;

/** What the functions are told by their environment, serverless.yml's `environment`. */
export interface Config {
  readonly region: string;
  readonly checkTrackerTable: string;
  readonly automationMappingTable: string;
  readonly automationExecutionTrackerTable: string;
  readonly remediationExceptionTable: string;
  readonly remediationGuardTable: string;
  /** The account in which Remediator runs. */
  readonly accountId: string;
  /** Name (with its path) of the role in other accounts; empty: there is none. */
  readonly crossAccountRoleName: string;
  readonly crossAccountExternalId: string;
  /** IDs of Security Hub's custom actions that approve the finding that they are used on; `*`: all of them. */
  readonly approvalActions: readonly string[];
  /** How many OpsItems an account may have opened for findings in a month. */
  readonly opsItemBudget: number;
}

/**
 * @throws RemediatorError CONFIG_INVALID: with every variable that is missing or wrong
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const result = z.object(VARIABLES).safeParse(environment);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
    throw new RemediatorError('CONFIG_INVALID', `The environment is wrong: ${faults}.`);
  }
  return {
    region: result.data.AWS_REGION,
    checkTrackerTable: result.data.CHECK_TRACKER_TABLE,
    automationMappingTable: result.data.AUTOMATION_MAPPING_TABLE,
    automationExecutionTrackerTable: result.data.AUTOMATION_EXECUTION_TRACKER_TABLE,
    remediationExceptionTable: result.data.REMEDIATION_EXCEPTION_TABLE,
    remediationGuardTable: result.data.REMEDIATION_GUARD_TABLE,
    accountId: result.data.ACCOUNT_ID,
    crossAccountRoleName: result.data.CROSS_ACCOUNT_ROLE_NAME,
    crossAccountExternalId: result.data.CROSS_ACCOUNT_EXTERNAL_ID,
    approvalActions: result.data.APPROVAL_ACTIONS.split(',').filter(Boolean),
    opsItemBudget: Number(result.data.OPS_ITEM_BUDGET),
  };
}

// biome-ignore lint/style/noProcessEnv: the one place that reads the environment
export const environment = process.env;
