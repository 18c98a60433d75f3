import { join } from 'node:path';
import type { Account } from '../../../../local/account/account.ts';
import { createMemoryAccount } from '../../../../local/account/memory/memory-account.ts';
import { type Clock, systemClock } from '../../../../local/clock.ts';
import { randomIds } from '../../../../local/ids.ts';
import type { JsonObject, Operation, RequestContext } from '../../../../local/service.ts';
import type { ScriptOptions } from '../../../../local/ssm/automation/deps.ts';
import { createSystemsManager, type SystemsManagerDeps } from '../../../../local/ssm/systems-manager.ts';
import { CONTEXT, RecordingBus, type Shown } from '../ssm/automation/support.ts';

export const DIRECTORY = join(import.meta.dirname, '../../../../local/runbooks');
export const ROLE = `arn:aws:iam::${CONTEXT.accountId}:role/remediator/runbook`;

/** The laptop's runbooks, and the account that they act on. */
export interface Bench extends AsyncDisposable {
  /** Calls the account's API, as a person would. */
  call(service: string, operation: string, input?: JsonObject): Promise<JsonObject>;
  /** Runs a runbook to its end. @throws AwsError as StartAutomationExecution does */
  run(name: string, parameters: JsonObject): Promise<Shown>;
  /** Answers of the account that a test wants: an error that is thrown, or a value. */
  readonly answers: Map<string, (input: JsonObject) => JsonObject | undefined>;
  /** What runbooks called, as `ec2:DescribeInstances`. */
  readonly calls: string[];
}

const LONGEST_PAUSE_MS = 10_000;

/**
 * Real time, as processes and other servers need it, but for the pauses between two tries: they are over at once.
 * What is longer is taken for a time limit.
 */
export class HurriedClock implements Clock {
  #skipped = 0;

  now(): Date {
    return new Date(systemClock.now().getTime() + this.#skipped);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms > LONGEST_PAUSE_MS) return systemClock.sleep(ms, signal);
    this.#skipped += ms;
    await systemClock.sleep(1, signal);
  }
}

export interface BenchOptions extends Pick<SystemsManagerDeps, 'respond'> {
  readonly account?: Account;
  readonly scripts?: ScriptOptions;
  readonly region?: string;
}

/** The runbooks of local/runbooks on an account in memory, or the one that is given. */
export function createBench(options: BenchOptions = {}): Bench {
  const clock = new HurriedClock();
  const region = options.region ?? CONTEXT.region;
  const account =
    options.account ?? createMemoryAccount({ clock, ids: randomIds, accountId: CONTEXT.accountId, region });
  const answers: Bench['answers'] = new Map();
  const calls: string[] = [];
  const { service, automation } = createSystemsManager({
    clock,
    ids: randomIds,
    events: new RecordingBus(),
    accountId: CONTEXT.accountId,
    account: {
      handleHttp: (request) => account.handleHttp(request),
      close: () => account.close(),
      call: async (call) => {
        const name = `${call.service}:${call.operation}`;
        calls.push(name);
        return answers.get(name)?.(call.input) ?? account.call(call);
      },
    },
    directories: [{ directory: DIRECTORY, owner: 'Amazon' }],
    ...(options.scripts && { scripts: options.scripts }),
    ...(options.respond && { respond: options.respond }),
  });
  // What runbooks ask of Systems Manager is noted, and answered, like what they ask of the account.
  const own: Record<string, Operation> = { ...service.operations };
  for (const [name, operation] of Object.entries(own)) {
    Object.assign(service.operations, {
      [name]: (input: JsonObject, context: RequestContext) => {
        calls.push(`ssm:${name}`);
        return answers.get(`ssm:${name}`)?.(input) ?? operation(input, context);
      },
    });
  }
  const operate = (name: string, input: JsonObject) => {
    const operation = own[name];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return operation(input, { ...CONTEXT, region }) as JsonObject;
  };
  return {
    answers,
    calls,
    call: (name, operation, input = {}) => account.call({ service: name, operation, input, region }),
    run: async (DocumentName, Parameters) => {
      const { AutomationExecutionId } = operate('StartAutomationExecution', { DocumentName, Parameters });
      await automation.idle();
      return operate('GetAutomationExecution', { AutomationExecutionId }).AutomationExecution as Shown;
    },
    [Symbol.asyncDispose]: async () => {
      await automation.close();
      await account.close();
    },
  };
}

/** The value at a path of keys and positions. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** The text at a path. @throws Error where there is none */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

/** The names of the steps that ended in a status, in the order in which they ran. */
export function stepsThat(execution: Shown, status: string): string[] {
  return execution.StepExecutions.filter((step) => step.StepStatus === status).map((step) => step.StepName);
}
