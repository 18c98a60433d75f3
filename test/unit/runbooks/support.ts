import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Account, AccountCall } from '../../../local/account/account.ts';
import { createMemoryAccount } from '../../../local/account/memory/memory-account.ts';
import { createRemoteAccount } from '../../../local/account/remote.ts';
import { AwsError } from '../../../local/aws-error.ts';
import { systemClock } from '../../../local/clock.ts';
import { randomIds } from '../../../local/ids.ts';
import type { JsonObject } from '../../../local/service.ts';
import type { Action } from '../../../local/ssm/automation/actions/action.ts';
import { ACTIONS } from '../../../local/ssm/automation/actions/registry.ts';
import { createAutomation } from '../../../local/ssm/automation/automation.ts';
import { createDocuments } from '../../../local/ssm/documents/documents.ts';
import { createParameters } from '../../../local/ssm/parameters/parameters.ts';
import { TagStore } from '../../../local/ssm/tags/tag-store.ts';
import { startMoto, triesOnMoto, tryNote } from '../../helpers/moto.ts';
import { CONTEXT, RecordingBus, type Shown } from '../local/ssm/automation/support.ts';
import { PatientClock } from './patient-clock.ts';

export const RUNBOOKS = join(import.meta.dirname, '..', '..', '..', 'runbooks');

const OURS = [{ directory: RUNBOOKS, owner: CONTEXT.accountId }];

/** A step of a runbook as its file has it. */
export interface WrittenStep {
  readonly name: string;
  readonly action: string;
  readonly inputs: JsonObject & { readonly Steps?: readonly WrittenStep[] };
}

interface WrittenParameter {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly allowedPattern?: string;
  readonly allowedValues?: readonly unknown[];
}

interface WrittenRunbook extends JsonObject {
  readonly description: string;
  readonly parameters: Readonly<Record<string, WrittenParameter>>;
  readonly mainSteps: readonly WrittenStep[];
}

export function readRunbook(name: string): WrittenRunbook {
  return parse(readFileSync(join(RUNBOOKS, `${name}.yaml`), 'utf8'));
}

/** The steps of a runbook, those of its loops among them. */
export function allSteps(steps: readonly WrittenStep[]): WrittenStep[] {
  return steps.flatMap((step) => [step, ...allSteps(step.inputs?.Steps ?? [])]);
}

/** What a test can have an account do instead of answering: throw, or answer something else. */
export type Interference = (call: AccountCall) => unknown;

/** An account that notes its calls, and does to them what a test asks for. */
export class WatchedAccount implements Account {
  readonly calls: AccountCall[] = [];
  readonly #inner: Account;
  readonly #clock: PatientClock;
  interfere: Interference = () => undefined;

  constructor(inner: Account, clock: PatientClock) {
    this.#inner = inner;
    this.#clock = clock;
  }

  async call(call: AccountCall): Promise<JsonObject> {
    this.calls.push(call);
    return this.#clock.during(async () => {
      const instead = await this.interfere(call);
      return instead === undefined ? this.#inner.call(call) : (instead as JsonObject);
    });
  }

  handleHttp(): never {
    throw new Error('not used');
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }
}

/** Refuses the nth call of an operation, as a crash or a withdrawn permission would. */
export function refusing(operation: string, nth = 1): Interference {
  let count = 0;
  return (call) => {
    if (call.operation !== operation) return undefined;
    count += 1;
    if (count === nth) throw new AwsError('UnauthorizedOperation', 'You are not authorized.');
    return undefined;
  };
}

/** Scripts take their own time: no clock of the engine's runs ahead of them. */
function patient(action: Action, clock: PatientClock): Action {
  if (action.name !== 'aws:executeScript') return action;
  return { ...action, run: (context) => clock.during(() => action.run(context)) };
}

/** Runs our runbooks against an account, with time that jumps. */
export function runbookStack(inner: Account) {
  const clock = new PatientClock();
  const account = new WatchedAccount(inner, clock);
  const tags = new TagStore();
  const documents = createDocuments({ clock, tags, accountId: CONTEXT.accountId, directories: OURS });
  const parameters = createParameters({ clock, tags });
  const automation = createAutomation({
    clock,
    ids: randomIds,
    events: new RecordingBus(),
    account,
    documents,
    parameters,
    tags,
    actions: new Map([...ACTIONS].map(([name, action]) => [name, patient(action, clock)])),
    reportFault: (error) => {
      throw error;
    },
  });
  const operation = (name: string, input: JsonObject): JsonObject => {
    const found = automation.operations[name];
    if (found === undefined) throw new Error(`no operation ${name}`);
    return found(input, CONTEXT) as JsonObject;
  };
  const run = async (name: string, given: Record<string, string | readonly string[]>): Promise<Shown> => {
    const lists = Object.entries(given).map(([key, value]) => [key, [value].flat()]);
    const input = { DocumentName: name, Parameters: Object.fromEntries(lists) };
    const { AutomationExecutionId } = operation('StartAutomationExecution', input);
    await automation.idle();
    return operation('GetAutomationExecution', { AutomationExecutionId }).AutomationExecution as Shown;
  };
  const call = (service: string, name: string, input: JsonObject = {}) =>
    inner.call({ service, operation: name, input, region: CONTEXT.region });
  return { account, run, call, close: () => automation.close() };
}

export type RunbookStack = ReturnType<typeof runbookStack>;

/** The calls of a runbook that change something, such as `ec2:CreateTags`. */
export function changesOf(account: WatchedAccount): string[] {
  return account.calls
    .filter(({ operation }) => !/^(Describe|Get|List|BatchGet)/.test(operation))
    .map(({ service, operation }) => `${service}:${operation}`);
}

/** An account to try runbooks on, and how to empty it. */
export interface TriedAccount extends AsyncDisposable {
  readonly account: Account;
  reset(): Promise<void>;
}

/** The accounts that a runbook is tried on. */
export const ACCOUNTS: readonly {
  readonly name: string;
  readonly skipped: boolean;
  start(): Promise<TriedAccount>;
}[] = [
  { name: 'in memory', skipped: false, start: async () => memoryAccount() },
  { name: `moto${tryNote}`, skipped: !triesOnMoto, start: motoAccount },
];

function memoryAccount(): TriedAccount {
  const create = () =>
    createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: CONTEXT.accountId });
  let account = create();
  return {
    get account() {
      return account;
    },
    reset: async () => {
      account = create();
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function motoAccount(): Promise<TriedAccount> {
  const moto = await startMoto();
  const account = createRemoteAccount({ endpoint: moto.endpoint });
  return {
    account,
    reset: async () => {
      await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
    },
    [Symbol.asyncDispose]: async () => {
      await account.close();
      await moto.close();
    },
  };
}
