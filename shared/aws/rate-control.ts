import type {
  AutomationExecution,
  AutomationExecutionMetadata,
  StartAutomationExecutionCommandInput,
} from '@aws-sdk/client-ssm';
import type { ChildExecution, ExecutionResult, RateControl } from '../ports.ts';

/** The most characters that a value of TargetMaps may have; values of Targets may have more, and be fewer. */
const SHORT = 50;
const VALUES = 'ParameterValues';

/** The part of StartAutomationExecution's input that says what it is to run for, and how fast. */
export function rateControlInput({ parameter, values, maxConcurrency, maxErrors }: RateControl) {
  return {
    TargetParameterName: parameter,
    MaxConcurrency: maxConcurrency,
    MaxErrors: maxErrors,
    ...(values.every(({ length }) => length <= SHORT)
      ? { TargetMaps: values.map((value) => ({ [parameter]: [value] })) }
      : { Targets: [{ Key: VALUES, Values: [...values] }] }),
  } satisfies Partial<StartAutomationExecutionCommandInput>;
}

/** What a rate-controlled execution was started for. */
export function targetsOf(execution: AutomationExecution): Pick<ExecutionResult, 'targets'> {
  const { TargetParameterName: name, TargetMaps = [], Targets = [] } = execution;
  if (name === undefined || TargetMaps.length + Targets.length === 0) return {};
  const mapped = TargetMaps.flatMap((map) => map[name] ?? []);
  const given = Targets.filter(({ Key }) => Key === VALUES).flatMap(({ Values = [] }) => Values);
  return { targets: [...mapped, ...given] };
}

export function childFrom(metadata: AutomationExecutionMetadata): ChildExecution {
  const { AutomationExecutionId: id = '', AutomationExecutionStatus: status = '', Target } = metadata;
  return { id, status, ...(Target ? { target: Target } : {}) };
}
