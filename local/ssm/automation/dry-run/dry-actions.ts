import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { Action, ActionContext, ActionResult } from '../actions/action.ts';
import { StepFailure } from '../failure.ts';
import { readOutputs } from '../outputs.ts';
import { executionScope } from '../tokens.ts';
import { drySurroundings } from './dry-account.ts';
import { dryBranch } from './dry-branch.ts';
import type { DryStep } from './dry-step.ts';
import type { Journal, NotedStep } from './journal.ts';
import { iteratorPlaceholders, placeholderOutputs } from './placeholders.ts';

/** What a dry run leaves out altogether, and how it says so. */
const SKIPPED: ReadonlyMap<string, string> = new Map([
  ['aws:approve', 'wait for approval'],
  ['aws:executeScript', 'run a script'],
  ['aws:invokeWebhook', 'call a webhook'],
  ['aws:pause', 'pause until resumed'],
  ['aws:sleep', 'sleep'],
]);

/** Actions that run others: what these do is told step by step. */
const COMPOSITE: ReadonlySet<string> = new Set(['aws:loop', 'aws:executeAutomation']);

/**
 * The same actions for a dry run: they read and never change anything. What they would change is noted in the
 * journal, and later steps get placeholders for what only a real run would know. A failure that may come about only
 * because changes were left out is a note; any other fails the step, as it would in a real run.
 */
export function dryActions(
  actions: ReadonlyMap<string, Action>,
  journal: Journal,
): ReadonlyMap<string, Action> {
  return new Map(
    [...actions].map(([name, action]) => [
      name,
      { ...action, run: (context: ActionContext) => runDry(action, journal, context) },
    ]),
  );
}

async function runDry(action: Action, journal: Journal, context: ActionContext): Promise<ActionResult> {
  const noted: NotedStep = {
    document: context.execution.documentName,
    step: context.step.name,
    action: action.name,
  };
  const what = SKIPPED.get(action.name);
  if (what !== undefined) {
    const { inputs } = context;
    journal.add({ ...noted, kind: 'skipped', what, inputs, mayChange: mayChange(action, inputs) });
  }
  const hadChanges = journal.hasLeftOutChanges;
  try {
    if (what !== undefined) {
      await action.check?.(context);
      return placeholders(context, journal);
    }
    if (action.name === 'aws:branch') return await dryBranch(action, { context, journal, noted });
    if (COMPOSITE.has(action.name)) return await action.run(once({ context, journal, noted }));
    return await runReads(action, { context, journal, noted });
  } catch (error) {
    if (context.signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const isComposite = COMPOSITE.has(action.name);
    const unknown = journal.placeholdersIn(isComposite ? reason : [context.inputs, reason]);
    if (unknown.length === 0 && !(hadChanges && isOfState(error, action))) {
      if (!isComposite) journal.add({ ...noted, kind: 'failure', text: reason });
      throw unretried(error);
    }
    const because =
      unknown.length > 0
        ? `it depends on ${unknown.join(', ')}, which only a real run has`
        : 'the changes above were not made';
    journal.add({ ...noted, kind: 'note', text: `can't be told, for ${because}: ${reason}` });
    if (action.name === 'aws:updateVariable') setVariable(context);
    return placeholders(context, journal);
  }
}

/** A webhook can change anything; a script what it can reach, which without any client is nothing. */
function mayChange({ name }: Action, { Script, Attachment }: JsonObject): boolean {
  if (name !== 'aws:executeScript') return name === 'aws:invokeWebhook';
  return Boolean(Attachment) || /boto|subprocess|os\.system|urllib|requests|http|socket/.test(String(Script));
}

/** Lets an action read until it would change something, or wait. */
async function runReads(action: Action, { context, journal, noted }: DryStep): Promise<ActionResult> {
  const dry = drySurroundings(context.deps, journal, noted);
  const { account, clock } = dry;
  try {
    const result = await action.run({ ...context, deps: { ...context.deps, account, clock } });
    if (dry.halted() === undefined) return { ...result, ...completed({ context, journal, noted }, result) };
  } catch (error) {
    if (dry.halted() === undefined) throw error;
  }
  if (dry.halted() === 'sleep') {
    journal.add({ ...noted, kind: 'note', text: 'would wait: it is not yet as the step wants it' });
  }
  return placeholders(context, journal);
}

/** The outputs that the step declares, read here: what they lack may be what was not done. */
function completed(
  { context, journal, noted }: DryStep,
  { outputs, response }: ActionResult,
): Pick<ActionResult, 'isComplete' | 'outputs'> {
  const { step, execution, deps } = context;
  const scope = executionScope(execution, deps.clock.now());
  const found = new Map([...(outputs ?? []), ...readOutputs(step.outputs, response, scope)]);
  const lacking = step.outputs.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  if (journal.hasLeftOutChanges && lacking.length > 0) {
    const text = `${lacking.join(', ')} not found, for the changes above were not made`;
    journal.add({ ...noted, kind: 'note', text });
    for (const name of lacking) found.set(name, journal.placeholder(step.name, name));
  }
  return { isComplete: true, outputs: found };
}

function placeholders({ step, execution }: ActionContext, journal: Journal): ActionResult {
  return { isComplete: true, outputs: placeholderOutputs(step, execution.runbook, journal) };
}

/**
 * A loop over what only a real run knows is gone through once, for a placeholder; so is a loop with a condition, which
 * would go on for as long as nothing changes.
 */
function once({ context, journal }: DryStep): ActionContext {
  const { inputs, execution } = context;
  if (inputs.LoopCondition !== undefined) return { ...context, inputs: { ...inputs, MaxIterations: 1 } };
  if (journal.placeholdersIn(inputs.Iterators).length === 0) return context;
  const members = iteratorPlaceholders(context.step, execution.runbook, journal);
  for (const [name, placeholder] of members) execution.outputs.set(name, placeholder);
  return { ...context, inputs: { ...inputs, IteratorDataType: 'String' } };
}

/** Whether a failure says how things are, rather than that the runbook is wrong. */
function isOfState(error: unknown, action: Action): boolean {
  if (COMPOSITE.has(action.name) || !(error instanceof StepFailure)) return false;
  const { cause, details } = error;
  if (cause instanceof AwsError && ELSEWHERE.has(cause.code)) return false;
  return details.stage !== 'InputValidation' && details.type !== 'Permission';
}

/** Errors that say nothing of the account's state. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'EndpointConnectionError',
  'InvalidAction',
  'MissingPackage',
  'NotImplemented',
  'ParamValidation',
  'ResponseParserError',
  'UnknownService',
]);

/** Nothing changes in a dry run, so that no further attempt would end otherwise. */
function unretried(error: unknown): unknown {
  if (!(error instanceof StepFailure)) return error;
  const { message, details, during, outputs, nextStep } = error;
  return new StepFailure(message, {
    details: { ...details, stage: 'InputValidation' },
    during,
    outputs,
    nextStep,
    cause: error,
  });
}

function setVariable({ inputs, execution }: ActionContext): void {
  const name = String(inputs.Name).replace(/^variable:\s*/, '');
  if (execution.runbook.variables.has(name)) execution.variables.set(name, inputs.Value);
}
