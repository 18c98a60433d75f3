import type { Account } from '../../../../../../local/account/account.ts';
import { AwsError } from '../../../../../../local/aws-error.ts';
import type { Clock } from '../../../../../../local/clock.ts';
import { randomIds } from '../../../../../../local/ids.ts';
import type { JsonObject } from '../../../../../../local/service.ts';
import type { ActionOptions } from '../../../../../../local/ssm/automation/deps.ts';
import type { RunCommandOptions } from '../../../../../../local/ssm/run-command/deps.ts';
import { createSystemsManager } from '../../../../../../local/ssm/systems-manager.ts';
import {
  CONTEXT,
  JumpingClock,
  RecordingBus,
  ScriptedAccount,
  type Shown,
  type ShownStep,
} from '../support.ts';

export type Answers = Record<string, (input: JsonObject) => unknown>;

export interface StackOptions
  extends Omit<ActionOptions, 'clock'>,
    Pick<RunCommandOptions, 'isManaged' | 'respond'> {
  /** @default one that jumps to the next sleeper's hour */
  readonly clock?: Clock;
  /** In place of an account that answers. */
  readonly account?: Account;
}

export interface Step extends JsonObject {
  readonly action: string;
  readonly inputs: JsonObject;
}

/** Systems Manager with an account that answers by operation; the clock jumps unless told otherwise. */
export function actionStack(answers: Answers = {}, options: StackOptions = {}) {
  const scripted = new ScriptedAccount(answers);
  const clock = options.clock ?? new JumpingClock();
  const { automation, service } = createSystemsManager({
    account: scripted,
    directories: [],
    ...options,
    clock,
    ids: randomIds,
    events: new RecordingBus(),
    accountId: CONTEXT.accountId,
  });
  const call = async (name: string, input: JsonObject): Promise<JsonObject> => {
    const operation = service.operations[name];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return (await operation(input, CONTEXT)) as JsonObject;
  };
  const show = async (id: string): Promise<Shown> => {
    const response = await call('GetAutomationExecution', { AutomationExecutionId: id });
    return response.AutomationExecution as Shown;
  };
  /** Starts a document of these steps, named `step1`, `step2` … */
  const start = async (steps: readonly Step[], document: JsonObject = {}): Promise<string> => {
    const Name = `Runbook-${randomIds.hex(8)}`;
    const mainSteps = steps.map((step, index) => ({ name: `step${index + 1}`, ...step }));
    await call('CreateDocument', {
      Name,
      Content: JSON.stringify({ schemaVersion: '0.3', ...document, mainSteps }),
      DocumentType: 'Automation',
      DocumentFormat: 'JSON',
    });
    const started = await call('StartAutomationExecution', { DocumentName: Name });
    return String(started.AutomationExecutionId);
  };
  const runAll = async (steps: readonly Step[], document?: JsonObject): Promise<Shown> => {
    const id = await start(steps, document);
    await automation.idle();
    return show(id);
  };
  return {
    calls: scripted.calls,
    clock,
    automation,
    call,
    start,
    show,
    runAll,
    /** Runs one step to its end. */
    run: async (step: Step): Promise<ShownStep> => firstStep(await runAll([step])),
    cancel: (id: string) => call('StopAutomationExecution', { AutomationExecutionId: id, Type: 'Cancel' }),
    /** Names of the operations that the account was asked for. */
    operations: () => scripted.calls.map(({ operation }) => operation),
  };
}

export function firstStep(execution: Shown): ShownStep {
  const [step] = execution.StepExecutions;
  if (step === undefined) throw new Error('the execution has no step');
  return step;
}

/** An answer that is an error of AWS's. */
export function refusal(code: string, message = 'refused') {
  return () => {
    throw new AwsError(code, message);
  };
}

/** Answers in turn; the last one again and again. */
export function inTurn(...answers: readonly unknown[]) {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

/** Waits until something is so, in real time, for at most some seconds. */
export async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round++) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`it did not come about: ${check}`);
}
