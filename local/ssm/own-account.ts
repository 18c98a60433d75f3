import type { Account, AccountCall } from '../account/account.ts';
import { canonicalService } from '../account/service-names.ts';
import { AwsError } from '../aws-error.ts';
import type { Ids } from '../ids.ts';
import type { JsonObject, Operation } from '../service.ts';

export interface OwnAccountDeps {
  readonly account: Account;
  /** Systems Manager's; asked at each call, since Systems Manager itself is made with this account. */
  readonly operations: () => Readonly<Record<string, Operation>>;
  readonly ids: Ids;
  readonly accountId: string;
}

/**
 * The account as runbooks see it: calls of Systems Manager (`ssm`) are answered by the one that runs them, where it
 * has the operation, so that a runbook finds the parameters, commands and executions that everybody else sees.
 */
export function withSystemsManager(deps: OwnAccountDeps): Account {
  const { account, ids, accountId } = deps;
  return {
    call: async (call: AccountCall): Promise<JsonObject> => {
      const operation = find(deps, call);
      if (operation === undefined) return account.call(call);
      const output = await operation(structuredClone(call.input), {
        region: call.region,
        accountId,
        principalArn: `arn:aws:sts::${accountId}:assumed-role/Automation/runbook`,
        requestId: ids.uuid(),
      });
      return structuredClone((output ?? {}) as JsonObject);
    },
    handleHttp: (request) => account.handleHttp(request),
    close: () => account.close(),
  };
}

/** What a runbook can ask of, or do with, an execution by its ID. */
const BY_EXECUTION: ReadonlySet<string> = new Set([
  'DescribeAutomationStepExecutions',
  'GetAutomationExecution',
  'SendAutomationSignal',
  'StopAutomationExecution',
]);

/** The account as runbooks see it that run beside its own Systems Manager, which knows nothing of their executions. */
export function withOwnExecutions(deps: OwnAccountDeps): Account {
  const own = withSystemsManager(deps);
  return {
    ...own,
    call: async (call) => {
      if (!BY_EXECUTION.has(call.operation)) return deps.account.call(call);
      try {
        return await own.call(call);
      } catch (error) {
        if (error instanceof AwsError && error.code === NOT_OURS) return deps.account.call(call);
        throw error;
      }
    },
  };
}

const NOT_OURS = 'AutomationExecutionNotFoundException';

function find({ operations }: OwnAccountDeps, { service, operation }: AccountCall): Operation | undefined {
  if (canonicalService(service) !== 'ssm') return undefined;
  const own = operations();
  return Object.hasOwn(own, operation) ? own[operation] : undefined;
}
