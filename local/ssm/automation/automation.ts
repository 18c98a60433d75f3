import type { Account } from '../../account/account.ts';
import type { Clock } from '../../clock.ts';
import type { EventPublisher } from '../../events/event.ts';
import type { Ids } from '../../ids.ts';
import type { Operation } from '../../service.ts';
import type { Documents } from '../documents/documents.ts';
import type { ParameterLookup } from '../parameters/parameters.ts';
import type { TagStore } from '../tags/tag-store.ts';
import type { Action } from './actions/action.ts';
import { ACTIONS } from './actions/registry.ts';
import type { ActionOptions } from './deps.ts';
import { AutomationEngine } from './engine.ts';
import { ExecutionStore } from './execution-store.ts';
import { launchChild } from './launcher.ts';
import type { OperationDeps } from './operations/deps.ts';
import { describeAutomationExecutions } from './operations/describe-automation-executions.ts';
import { describeAutomationStepExecutions } from './operations/describe-automation-step-executions.ts';
import { getAutomationExecution } from './operations/get-automation-execution.ts';
import { sendAutomationSignal } from './operations/send-automation-signal.ts';
import { startAutomationExecution } from './operations/start-automation-execution.ts';
import { stopAutomationExecution } from './operations/stop-automation-execution.ts';

export interface AutomationOptions extends ActionOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventPublisher;
  readonly account: Account;
  readonly documents: Pick<Documents, 'store'>;
  readonly parameters: ParameterLookup;
  readonly tags: TagStore;
  /** By name. @default all that run here */
  readonly actions?: ReadonlyMap<string, Action>;
  /** Told of faults that end no execution. @default written to standard error */
  readonly reportFault?: (error: unknown) => void;
}

export interface Automation extends AsyncDisposable {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Resolves when no execution runs or is queued. */
  idle(): Promise<void>;
  /** Cancels what runs, and waits for its end. */
  close(): Promise<void>;
}

/** Systems Manager Automation: starts, runs, shows and stops runbooks. */
export function createAutomation(options: AutomationOptions): Automation {
  const { clock, ids, parameters, tags } = options;
  const reportFault = options.reportFault ?? ((error: unknown) => console.error(error));
  const engine: AutomationEngine = new AutomationEngine({
    ...options,
    actions: options.actions ?? ACTIONS,
    startChild: (request) => launchChild(deps, request),
    reportFault,
  });
  const deps: OperationDeps = {
    clock,
    ids,
    engine,
    executions: new ExecutionStore(),
    documents: options.documents.store,
    parameters,
    tags,
  };
  return {
    operations: {
      StartAutomationExecution: (input, context) => startAutomationExecution(deps, input, context),
      GetAutomationExecution: (input) => getAutomationExecution(deps, input),
      DescribeAutomationExecutions: (input) => describeAutomationExecutions(deps, input),
      DescribeAutomationStepExecutions: (input) => describeAutomationStepExecutions(deps, input),
      SendAutomationSignal: (input, context) => sendAutomationSignal(deps, input, context),
      StopAutomationExecution: (input) => stopAutomationExecution(deps, input),
    },
    idle: () => engine.idle(),
    close: () => engine.close(),
    [Symbol.asyncDispose]: () => engine.close(),
  };
}
