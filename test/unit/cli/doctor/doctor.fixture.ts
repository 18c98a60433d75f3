import { join } from 'node:path';
import type { Aws } from '../../../../cli/aws/open-aws.ts';
import type { Queues } from '../../../../cli/dlq/ports.ts';
import type { DoctorDeps, Result } from '../../../../cli/doctor/check.ts';
import { readServiceDefinition } from '../../../../local/service-definition/read-service-definition.ts';
import { ROOT } from '../../../helpers/checkout.ts';

export const NOW = new Date('2026-05-13T12:00:00Z');
export const ACCOUNT = '123456789012';

/** What is deployed, as this checkout has it. */
export const STACK = await readServiceDefinition({
  file: join(ROOT, 'serverless.yml'),
  accountId: ACCOUNT,
  region: 'us-east-1',
});

export const TABLES = {
  checkTrackerTable: 'CheckTrackerTable',
  automationMappingTable: 'AutomationMappingTable',
  automationExecutionTrackerTable: 'AutomationExecutionTrackerTable',
  remediationExceptionTable: 'RemediationExceptionTable',
  remediationGuardTable: 'RemediationGuardTable',
};

/** What each operation answers; an error is thrown. */
export type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object | Error>>;

/** A deployment whose every call is answered by a function of the operation's name. */
export function deployed(answers: Answers, changes: Partial<DoctorDeps> = {}): DoctorDeps {
  const client = {
    send: async (command: { readonly input: Readonly<Record<string, unknown>> }) => {
      const operation = command.constructor.name.replace(/Command$/, '');
      const answer = answers[operation]?.(command.input);
      if (answer === undefined) throw new Error(`The test answers no ${operation}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const aws = {
    target: { region: 'us-east-1', endpoint: undefined },
    open: async () => client,
    dynamoDb: async () => client,
    ssm: async () => client,
  };
  return {
    // Of the clients of the SDK, checks use `send` alone.
    aws: aws as unknown as Aws,
    stack: STACK,
    tables: TABLES,
    queues: emptyQueues,
    clock: { now: () => NOW },
    isLaptop: false,
    serverTime: undefined,
    ...changes,
  };
}

export const emptyQueues: Queues = {
  urlOf: async (name) => name,
  count: async () => ({ waiting: 0, held: 0 }),
  receive: async () => [],
  delete: async () => {},
  release: async () => {},
};

/** An error as the SDK throws it. */
export function fault(name: string, message = name, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

/** `fail: what was found`, one for each line. */
export function linesOf(results: readonly Result[]): readonly string[] {
  return results.map(({ verdict, found }) => `${verdict}: ${found}`);
}
