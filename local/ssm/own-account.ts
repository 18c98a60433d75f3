import type { Account, AccountCall, AccountHttpRequest, AccountHttpResponse } from '../account/account.ts';
import { canonicalService } from '../account/service-names.ts';
import { AwsError } from '../aws-error.ts';
import { errorResponse, handleAwsJson } from '../endpoint/aws-json.ts';
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
        if (isNotOurs(error)) return deps.account.call(call);
        throw error;
      }
    },
    handleHttp: async (request) => {
      const operation = operationOf(request);
      if (!BY_EXECUTION.has(operation)) return deps.account.handleHttp(request);
      try {
        return await answerHere(deps, operation, request);
      } catch (error) {
        if (isNotOurs(error)) return deps.account.handleHttp(request);
        if (error instanceof AwsError) return errorResponse(error, { requestId: deps.ids.uuid() });
        throw error;
      }
    },
  };
}

const TARGET = 'AmazonSSM.';

/** Such as `GetAutomationExecution`; empty for what is not Systems Manager's. */
function operationOf({ headers }: AccountHttpRequest): string {
  const target = headers['x-amz-target'] ?? '';
  return target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
}

/** A script's question, or the signal that a person sends. */
function answerHere(
  { operations, ids, accountId }: OwnAccountDeps,
  operation: string,
  { region, body }: AccountHttpRequest,
): Promise<AccountHttpResponse> {
  const service = { targetPrefix: 'AmazonSSM', jsonVersion: '1.1' as const, operations: operations() };
  const principalArn = `arn:aws:iam::${accountId}:user/laptop`;
  return handleAwsJson(
    { service, operation, body },
    { region, accountId, principalArn, requestId: ids.uuid() },
  );
}

function isNotOurs(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'AutomationExecutionNotFoundException';
}

function find({ operations }: OwnAccountDeps, { service, operation }: AccountCall): Operation | undefined {
  if (canonicalService(service) !== 'ssm') return undefined;
  const own = operations();
  return Object.hasOwn(own, operation) ? own[operation] : undefined;
}
