import type { StepDefinition } from '../documents/runbook.ts';
import { tokensIn } from '../documents/token-syntax.ts';
import type { Execution } from './execution.ts';
import { StepFailure } from './failure.ts';

/** Whether a token names an output of one of the runbook's steps, and that output has no value. */
export function isWithoutValue(name: string, { runbook, outputs }: Execution): boolean {
  const [step = '', output] = name.split('.');
  return (
    output !== undefined && !outputs.has(`${step}.${output}`) && stepNamed(runbook.steps, step) !== undefined
  );
}

/** Says of each output without a value that inputs name why it has none. */
export function missingValues(inputs: unknown, execution: Execution): string[] {
  const names = new Set(tokensIn(JSON.stringify(inputs ?? null)));
  return [...names]
    .filter((name) => isWithoutValue(name, execution))
    .map((name) => `{{ ${name} }} has no value: ${reasonFor(name, execution)}`);
}

/** The failure of a step that wants the value of an output that has none, in AWS's words and with the reason. */
export function missingValue(name: string, execution: Execution): StepFailure {
  const { output } = findOutput(name, execution);
  return unresolved({ name, type: output?.type ?? 'String', reason: reasonFor(name, execution) });
}

/** The failure of a step with a token that stands for nothing. */
export function unresolved({
  name,
  type = 'String',
  reason,
}: {
  readonly name: string;
  readonly type?: string;
  readonly reason: string;
}): StepFailure {
  return new StepFailure(
    `Failed to resolve input: ${name} to type ${type}. ${name} is not defined in the Automation Document: the token {{ ${name} }} can't be resolved, ${reason}`,
    { details: { stage: 'InputValidation' }, during: 'validating and resolving the step inputs' },
  );
}

function reasonFor(name: string, execution: Execution): string {
  const { step, output, outputName } = findOutput(name, execution);
  const run = execution.steps.findLast(
    ({ definition, status }) => definition === step && status !== 'Pending',
  );
  if (run === undefined) return `the step ${step?.name} has not run`;
  if (output !== undefined && run.status === 'Success') {
    return `the selector ${output.selector} of the step ${run.definition.name} found nothing`;
  }
  const isPayload = outputName === 'OutputPayload';
  const hint = isPayload ? '; a response of more than 100 KB is not kept whole, but selectors read it' : '';
  const state = run.status === 'Success' ? hint : `, its status is ${run.status}`;
  return `the step ${run.definition.name} gave no output ${outputName}${state}`;
}

function findOutput(name: string, { runbook }: Execution) {
  const [stepName = '', outputName = ''] = name.split('.');
  const step = stepNamed(runbook.steps, stepName);
  return { step, outputName, output: step?.outputs.find((output) => output.name === outputName) };
}

function stepNamed(steps: readonly StepDefinition[], name: string): StepDefinition | undefined {
  for (const step of steps) {
    const found = step.name === name ? step : stepNamed(step.steps, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
