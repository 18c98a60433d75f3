import type { JsonObject } from '../../service.ts';
import type { Action, ActionResult } from './actions/action.ts';
import type { EngineDeps } from './deps.ts';
import type { Execution, StepExecution } from './execution.ts';
import { StepFailure } from './failure.ts';
import { fillSelectors, readOutputs } from './outputs.ts';
import { executionScope, lenientScope, resolveTokens } from './tokens.ts';

/** How one attempt of a step went. */
export type Attempt =
  | {
      readonly kind: 'done';
      readonly outputs: ReadonlyMap<string, unknown>;
      readonly nextStep: string | undefined;
    }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timedOut'; readonly seconds: number }
  | { readonly kind: 'cancelled' };

/** Runs a step once; never throws. `signal` cancels it. */
export async function runAttempt(
  deps: EngineDeps,
  run: { readonly execution: Execution; readonly step: StepExecution },
  signal: AbortSignal,
): Promise<Attempt> {
  const { execution, step } = run;
  const { definition } = step;
  try {
    const action = deps.actions.get(definition.action);
    if (action === undefined) throw notRunHere(deps, definition.action);
    const now = deps.clock.now();
    const scope = executionScope(execution, now);
    const inputs = resolveInputs(action, definition.inputs, { execution, now });
    step.inputs = inputs;
    // What the selectors lack has to be known before the call is made.
    fillSelectors(definition.outputs, scope);
    const seconds = definition.timeoutSeconds ?? action.defaultTimeoutSeconds;
    const context = { deps, execution, step: definition, stepExecution: step, inputs };
    const result = await inTurn(action, signal, () =>
      withLimit(deps, { seconds, signal, action }, (limited) => action.run({ ...context, signal: limited })),
    );
    if (result === 'timedOut') return { kind: 'timedOut', seconds: seconds ?? 0 };
    if (result === 'cancelled') return { kind: 'cancelled' };
    const outputs = new Map([
      ...(result.outputs ?? []),
      ...(result.isComplete === true ? [] : readOutputs(definition.outputs, result.response, scope)),
    ]);
    return { kind: 'done', outputs, nextStep: result.nextStep };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function resolveInputs(
  action: Action,
  inputs: JsonObject,
  { execution, now }: { readonly execution: Execution; readonly now: Date },
): JsonObject {
  const kept = new Set(action.unresolvedInputs);
  const lenient = new Set(action.lenientInputs);
  const strictly = executionScope(execution, now);
  const leniently = lenientScope(execution, now);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      kept.has(name) ? value : resolveTokens(value, lenient.has(name) ? leniently : strictly),
    ]),
  );
}

async function inTurn<Result>(
  action: Action,
  signal: AbortSignal,
  run: () => Promise<Result>,
): Promise<Result | 'cancelled'> {
  const turn = await settled(Promise.resolve(action.takeTurn?.(signal)), signal);
  if (turn === 'cancelled') return turn;
  try {
    return await run();
  } finally {
    turn?.();
  }
}

/** Ends on time even where the action does not heed its signal. */
async function withLimit(
  deps: EngineDeps,
  limit: { readonly seconds: number | undefined; readonly signal: AbortSignal; readonly action: Action },
  run: (signal: AbortSignal) => Promise<ActionResult>,
): Promise<ActionResult | 'timedOut' | 'cancelled'> {
  const over = new AbortController();
  const signal = AbortSignal.any([limit.signal, over.signal]);
  try {
    if (limit.signal.aborted) return 'cancelled';
    const running = settled(run(signal), limit.signal);
    const first = await Promise.race([
      running,
      aborted(limit.signal, over.signal),
      ...(limit.seconds === undefined ? [] : [elapsed(deps, limit.seconds, over.signal)]),
    ]);
    if (limit.action.endsItself === true && (first === 'timedOut' || first === 'cancelled')) {
      over.abort();
      await running.catch(() => 'it was told to end');
    }
    return first;
  } finally {
    over.abort();
  }
}

/** An action that throws because it was cancelled has not failed. */
async function settled<Result>(running: Promise<Result>, cancel: AbortSignal): Promise<Result | 'cancelled'> {
  try {
    return await running;
  } catch (error) {
    if (cancel.aborted) return 'cancelled';
    throw error;
  }
}

function aborted(signal: AbortSignal, until: AbortSignal): Promise<'cancelled'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('cancelled'), { once: true, signal: until });
  });
}

async function elapsed(deps: EngineDeps, seconds: number, until: AbortSignal): Promise<'timedOut'> {
  try {
    await deps.clock.sleep(seconds * 1000, until);
  } catch (error) {
    // The step ended first: the race is over, and nobody listens any more.
    if (!until.aborted) throw error;
  }
  return 'timedOut';
}

function notRunHere({ actions }: EngineDeps, action: string): StepFailure {
  return new StepFailure(
    `The action ${action} is not run by this Systems Manager yet. Actions that are: ${[...actions.keys()].join(', ')}`,
    { details: { stage: 'InputValidation' } },
  );
}
