import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, AccountCall } from '../../../local/account/account.ts';
import type { JsonObject } from '../../../local/service.ts';
import type { Action, ActionContext, ActionResult } from '../../../local/ssm/automation/actions/action.ts';
import { operationName } from '../../../local/ssm/automation/actions/api-call.ts';
import { ACTIONS } from '../../../local/ssm/automation/actions/registry.ts';
import { isReadOnly } from '../../../local/ssm/automation/dry-run/read-only.ts';
import { StepFailure } from '../../../local/ssm/automation/failure.ts';
import { AWS_ACTIONS } from '../../../local/ssm/documents/actions.ts';
import type { ValueType } from '../../../local/ssm/documents/value-types.ts';
import { automationStack, CONTEXT, type Shown } from '../local/ssm/automation/support.ts';
import { RUNBOOKS } from './support.ts';

const STAND_INS = join(RUNBOOKS, '..', 'local', 'runbooks');

const DIRECTORIES = [
  { directory: RUNBOOKS, owner: CONTEXT.accountId },
  { directory: STAND_INS, owner: 'Amazon' },
];

/** Every document of ours. */
export const DOCUMENTS: readonly string[] = [RUNBOOKS, STAND_INS]
  .flatMap((directory) => readdirSync(directory))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

export const FOUND = 'found';

/** What a step that reads finds, by the types of its outputs; nothing but empty lists where `isEmpty`. */
function answer({ step }: ActionContext, isEmpty: boolean): ActionResult {
  const values: Readonly<Record<ValueType, unknown>> = {
    String: isEmpty ? undefined : FOUND,
    Integer: isEmpty ? undefined : 1,
    Boolean: isEmpty ? undefined : true,
    StringList: isEmpty ? [] : [FOUND],
    StringMap: isEmpty ? undefined : { Key: FOUND },
    MapList: isEmpty ? [] : [{ Key: FOUND }],
  };
  const outputs = step.outputs.map(({ name, type }) => [name, values[type]] as const);
  return { isComplete: true, outputs: new Map(outputs.filter(([, value]) => value !== undefined)) };
}

const ASSERTIONS = new Set(['aws:assertAwsResourceProperty', 'aws:waitForAwsResourceProperty']);

/** A runbook that reads again what it was told is there must come to an end. */
const MOST_ASSERTIONS = 5;

/** Whether an attempt only reads: scripts of ours call nothing, and are what they compute. */
function isRead({ step, inputs }: ActionContext): boolean {
  if (ASSERTIONS.has(step.action) || step.action === 'aws:executeScript') return true;
  return step.action === 'aws:executeAwsApi' && isReadOnly(operationName(String(inputs.Api)));
}

/** Which of the steps that read find nothing. */
export type FindsNothing = (step: string) => boolean;

/** Actions that change something and wait for it: here they are one call each, done at once. */
const WAITING = new Set(['aws:changeInstanceState', 'aws:copyImage', 'aws:createImage', 'aws:runCommand']);

async function made({ deps, execution, step, inputs }: ActionContext): Promise<ActionResult> {
  const { region } = execution;
  await deps.account.call({ service: 'automation', operation: step.action, input: inputs, region });
  const { outputs = [] } = AWS_ACTIONS.get(step.action) ?? {};
  return { isComplete: true, outputs: new Map(outputs.map((name) => [name, FOUND])) };
}

/** The actions, but what reads is answered by us. */
function actions(findsNothing: FindsNothing, reads: Map<string, number>): ReadonlyMap<string, Action> {
  const answered = (action: Action): Action => ({
    ...action,
    run: async (context) => {
      if (!isRead(context)) return WAITING.has(action.name) ? made(context) : action.run(context);
      const { name } = context.step;
      reads.set(name, (reads.get(name) ?? 0) + 1);
      const isEmpty = findsNothing(name);
      const isRefused = isEmpty || (reads.get(name) ?? 0) > MOST_ASSERTIONS;
      if (isRefused && ASSERTIONS.has(action.name)) throw new StepFailure('there is nothing of the kind');
      return answer(context, isEmpty);
    },
  });
  return new Map([...ACTIONS].map(([name, action]) => [name, answered(action)]));
}

export interface Tried {
  readonly shown: Shown;
  /** The calls that change something. */
  readonly changes: readonly AccountCall[];
  /** The steps that read and were reached. */
  readonly reads: ReadonlySet<string>;
}

/** Runs a document against an account that answers all that it is not asked to read with an empty response. */
export async function tryDocument(
  name: string,
  parameters: JsonObject,
  findsNothing: FindsNothing,
): Promise<Tried> {
  const changes: AccountCall[] = [];
  const reads = new Map<string, number>();
  const account: Account = {
    call: async (call) => {
      if (!isReadOnly(call.operation)) changes.push(call);
      return {};
    },
    handleHttp: () => {
      throw new Error('not used');
    },
    close: async () => undefined,
  };
  const { automation, start, get } = automationStack({}, undefined, {
    directories: DIRECTORIES,
    account,
    actions: actions(findsNothing, reads),
  });
  const id = start(name, parameters);
  await automation.idle();
  return { shown: get(id), changes, reads: new Set(reads.keys()) };
}
