import { setImmediate as turn } from 'node:timers/promises';
import type { Account, AccountCall } from '../../../../../local/account/account.ts';
import type { Clock } from '../../../../../local/clock.ts';
import type { CloudEvent, EventPublisher, NewEvent } from '../../../../../local/events/event.ts';
import type { JsonObject, RequestContext } from '../../../../../local/service.ts';
import { type AutomationOptions, createAutomation } from '../../../../../local/ssm/automation/automation.ts';
import { createDocuments, type DocumentOptions } from '../../../../../local/ssm/documents/documents.ts';
import { createParameters } from '../../../../../local/ssm/parameters/parameters.ts';
import { createTagOperations } from '../../../../../local/ssm/tags/tag-operations.ts';
import { TagStore } from '../../../../../local/ssm/tags/tag-store.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** Time that jumps to the next sleeper's hour as soon as nothing else happens. */
export class JumpingClock implements Clock {
  #now = Date.parse('2024-11-29T19:43:20.000Z');
  #sleepers: Sleeper[] = [];
  #watching = false;

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { due: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
      void this.#watch();
    });
  }

  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    while (this.#sleepers.length > 0) {
      for (let idle = 0; idle < 10; idle++) await turn();
      const [first] = this.#sleepers.sort((a, b) => a.due - b.due);
      if (first === undefined) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== first);
      this.#now = Math.max(this.#now, first.due);
      first.wake();
    }
    this.#watching = false;
  }
}

export class RecordingBus implements EventPublisher {
  readonly events: NewEvent[] = [];
  publish(event: NewEvent): CloudEvent {
    this.events.push(event);
    return { version: '0', id: 'e', account: '', time: '', region: '', resources: [], ...event };
  }
}

/** An account that answers by operation, and remembers what it was asked. */
export class ScriptedAccount implements Account {
  readonly calls: AccountCall[] = [];
  readonly answers: Record<string, (input: JsonObject, signal?: AbortSignal) => unknown>;

  constructor(answers: Record<string, (input: JsonObject) => unknown> = {}) {
    this.answers = answers;
  }

  async call(call: AccountCall): Promise<JsonObject> {
    this.calls.push(call);
    const answer = this.answers[call.operation];
    if (answer === undefined) throw new Error(`no answer for ${call.operation}`);
    return (await answer(call.input)) as JsonObject;
  }

  handleHttp(): never {
    throw new Error('not used');
  }

  async close(): Promise<void> {
    this.calls.length = 0;
  }
}

export const CONTEXT: RequestContext = {
  region: 'us-east-1',
  accountId: '123456789012',
  principalArn: 'arn:aws:iam::123456789012:user/tester',
  requestId: 'r',
};

/** Systems Manager's automation side, with fakes around it; without the project's own runbooks, unless `more` is given. */
export function automationStack(
  answers: Record<string, (input: JsonObject) => unknown> = {},
  clock?: Clock,
  more: Partial<AutomationOptions> & Pick<DocumentOptions, 'directories'> = { directories: [] },
) {
  const bus = new RecordingBus();
  const account = new ScriptedAccount(answers);
  const tags = new TagStore();
  const used = clock ?? new JumpingClock();
  let count = 0;
  const ids = {
    uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    hex: (length: number) => '0'.repeat(length),
  };
  const faults: unknown[] = [];
  const documents = createDocuments({
    clock: used,
    tags,
    accountId: CONTEXT.accountId,
    ...(more.directories && { directories: more.directories }),
  });
  const parameters = createParameters({ clock: used, tags });
  const automation = createAutomation({
    clock: used,
    ids,
    events: bus,
    account,
    documents,
    parameters,
    tags,
    reportFault: (error) => faults.push(error),
    ...more,
  });
  const operations = {
    ...documents.operations,
    ...parameters.operations,
    ...createTagOperations({ tags }).operations,
    ...automation.operations,
  };
  const call = (name: string, input: JsonObject = {}, context = CONTEXT): JsonObject => {
    const operation = operations[name];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return operation(input, context) as JsonObject;
  };
  const create = (name: string, content: string) =>
    call('CreateDocument', {
      Name: name,
      Content: content,
      DocumentType: 'Automation',
      DocumentFormat: 'YAML',
    });
  const start = (name: string, parameters: JsonObject = {}, more: JsonObject = {}): string =>
    String(
      call('StartAutomationExecution', { DocumentName: name, Parameters: parameters, ...more })
        .AutomationExecutionId,
    );
  const get = (id: string) =>
    call('GetAutomationExecution', { AutomationExecutionId: id }).AutomationExecution as Shown;
  /** Creates a document of these steps (YAML, unindented), runs it to its end, and shows it. */
  const run = async (content: string, parameters: JsonObject = {}): Promise<Shown> => {
    const name = `Runbook-${++count}`;
    create(name, content);
    const id = start(name, parameters);
    await automation.idle();
    return get(id);
  };
  return { automation, account, bus, tags, faults, call, create, start, get, run, clock: used };
}

export interface ShownStep {
  readonly StepName: string;
  readonly StepStatus: string;
  readonly Inputs: Record<string, string>;
  readonly Outputs?: Record<string, string[]>;
  readonly FailureMessage?: string;
  readonly FailureDetails?: JsonObject;
  readonly ExecutionStartTime?: Date;
  readonly ExecutionEndTime?: Date;
  readonly StepExecutionId: string;
}

export interface Shown extends JsonObject {
  readonly AutomationExecutionId: string;
  readonly AutomationExecutionStatus: string;
  readonly StepExecutions: readonly ShownStep[];
  readonly Parameters: Record<string, string[]>;
  readonly Outputs: Record<string, string[]>;
  readonly FailureMessage?: string;
}

/** `Name=Status` of each step. */
export function stepsOf(execution: Shown): string {
  return execution.StepExecutions.map((step) => `${step.StepName}=${step.StepStatus}`).join(' ');
}
