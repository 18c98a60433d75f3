import * as z from 'zod/mini';
import { RemediatorError } from './domain/errors.ts';
import { REGION } from './domain/finding.ts';

const name = z.string('is not set').check(z.regex(/^[a-zA-Z0-9_.-]{3,255}$/, 'is no table name'));

const VARIABLES = {
  AWS_REGION: z.string('is not set').check(z.regex(REGION, 'is no region')),
  CHECK_TRACKER_TABLE: name,
  AUTOMATION_MAPPING_TABLE: name,
  AUTOMATION_EXECUTION_TRACKER_TABLE: name,
} as const;

/** What the functions are told by their environment, serverless.yml's `environment`. */
export interface Config {
  readonly region: string;
  readonly checkTrackerTable: string;
  readonly automationMappingTable: string;
  readonly automationExecutionTrackerTable: string;
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
  };
}

// biome-ignore lint/style/noProcessEnv: the one place that reads the environment
export const environment = process.env;
