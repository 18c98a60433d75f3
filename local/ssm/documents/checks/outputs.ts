import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import { AWS_ACTIONS } from '../actions.ts';
import type { Path, Report } from '../fault.ts';
import { selectorFault } from '../selector.ts';
import { outputName } from '../to-runbook.ts';
import { VALUE_TYPES, valueTypeOf } from '../value-types.ts';
import type { WrittenStep } from '../walk-steps.ts';
import { outputsOfStep } from './step-outputs.ts';

/** Types and selectors of the steps' outputs, and what the document gives out. */
export function checkOutputs(content: JsonObject, steps: readonly WrittenStep[], report: Report): void {
  for (const step of steps) checkStep(step, report);
  if (!Array.isArray(content.outputs)) return;
  const variables = isJsonObject(content.variables) ? content.variables : {};
  for (const [index, output] of content.outputs.entries()) {
    if (typeof output !== 'string') continue;
    const fault = documentOutputFault(outputName(output), { steps, variables });
    if (fault !== undefined) report({ path: ['outputs', index], ...fault });
  }
}

function checkStep({ content, inputs, path, name, action }: WrittenStep, report: Report): void {
  const outputs: readonly unknown[] = Array.isArray(content.outputs) ? content.outputs : [];
  for (const [index, output] of outputs.entries()) {
    if (!isJsonObject(output)) continue;
    const at: Path = [...path, 'outputs', index];
    const { Name, Type, Selector } = output;
    if (typeof Type === 'string' && valueTypeOf(Type) === undefined) {
      report({
        path: [...at, 'Type'],
        message: `step ${name}: output ${String(Name)} has no type ${Type}. Types: ${VALUE_TYPES.join(', ')}`,
        code: 'UnknownType',
      });
    }
    if (action === 'aws:invokeLambdaFunction' && AWS_ACTIONS.get(action)?.outputs.includes(String(Name))) {
      report({
        path: [...at, 'Name'],
        message: `step ${name}: the output name ${String(Name)} is reserved, ${action} has that output anyway`,
        code: 'ReservedOutput',
      });
    }
    checkSelector(Selector, {
      path: [...at, 'Selector'],
      what: `step ${name}: the Selector of output ${String(Name)}`,
      report,
    });
  }
  if (action === 'aws:waitForAwsResourceProperty' || action === 'aws:assertAwsResourceProperty') {
    checkSelector(inputs.PropertySelector, {
      path: [...path, 'inputs', 'PropertySelector'],
      what: `step ${name}: the PropertySelector`,
      report,
    });
  }
}

function checkSelector(
  selector: unknown,
  { path, what, report }: { readonly path: Path; readonly what: string; readonly report: Report },
): void {
  if (typeof selector !== 'string') return;
  const fault = selectorFault(selector);
  if (fault !== undefined) report({ path, message: `${what} ${fault}`, code: 'InvalidSelector' });
}

function documentOutputFault(
  output: string,
  { steps, variables }: { readonly steps: readonly WrittenStep[]; readonly variables: JsonObject },
): { message: string; code: string; severity?: 'warning' } | undefined {
  const variable = /^variable:\s*([^.]+)/.exec(output)?.[1];
  if (variable !== undefined) {
    if (Object.hasOwn(variables, variable)) return undefined;
    return { message: `outputs: the document has no variable ${variable}`, code: 'UnknownOutput' };
  }
  const [stepName = '', name] = output.split('.');
  const step = steps.find((candidate) => candidate.name === stepName);
  if (step === undefined) {
    return {
      message: `outputs: ${output} names a step ${stepName} that does not exist`,
      code: 'UnknownOutput',
    };
  }
  if (name !== undefined && outputsOfStep(step).has(name)) return undefined;
  return {
    message: `outputs: ${output} is never produced. Outputs of step ${stepName}: ${[...outputsOfStep(step)].join(', ') || 'none'}`,
    code: 'UnknownOutput',
    severity: 'warning',
  };
}
