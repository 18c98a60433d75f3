import type { JsonObject } from '../../service.ts';
import { type Execution, hasEnded, type StepExecution } from './execution.ts';
import { plannedStep } from './next-step.ts';
import { toStrings } from './parameter-values.ts';

const NO_OUTPUT = 'No output available yet because the step is not successfully executed';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html */
export function toAutomationExecution(execution: Execution): JsonObject {
  return {
    ...common(execution),
    StepExecutions: execution.steps.map((step) => toStepExecution(execution, step)),
    StepExecutionsTruncated: false,
    Parameters: stringLists(execution.parameters),
    Variables: stringLists(execution.variables),
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecutionMetadata.html */
export function toMetadata(execution: Execution): JsonObject {
  return { ...common(execution), LogFile: '', AutomationType: 'Local' };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StepExecution.html */
export function toStepExecution(execution: Execution, step: StepExecution): JsonObject {
  const { definition, failureDetails } = step;
  const next = plannedStep(execution, step);
  return defined({
    StepName: definition.name,
    Action: definition.action,
    TimeoutSeconds: definition.timeoutSeconds,
    OnFailure: definition.onFailure,
    MaxAttempts: definition.maxAttempts,
    ExecutionStartTime: step.startTime,
    ExecutionEndTime: step.endTime,
    StepStatus: step.status,
    Inputs: Object.fromEntries(
      Object.entries(step.inputs ?? {}).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    Outputs: step.outputs && stringLists(step.outputs),
    FailureMessage: step.failureMessage,
    FailureDetails: failureDetails && {
      FailureStage: failureDetails.stage,
      FailureType: failureDetails.type,
      Details: {},
    },
    StepExecutionId: step.id,
    OverriddenParameters: {},
    IsEnd: definition.isEnd,
    NextStep: next,
    IsCritical: definition.isCritical,
    ValidNextSteps: next === undefined ? [] : [next],
  });
}

function common(execution: Execution): JsonObject {
  return defined({
    AutomationExecutionId: execution.id,
    DocumentName: execution.documentName,
    DocumentVersion: execution.documentVersion,
    ExecutionStartTime: execution.startTime,
    ExecutionEndTime: execution.endTime,
    AutomationExecutionStatus: execution.status,
    Outputs: outputsOf(execution),
    FailureMessage: execution.failureMessage,
    Mode: 'Auto',
    ExecutedBy: execution.executedBy,
    CurrentStepName: execution.currentStep?.definition.name,
    CurrentAction: execution.currentStep?.definition.action,
    Targets: [],
    ResolvedTargets: { ParameterValues: [], Truncated: false },
  });
}

/** The document's outputs; those of steps that have not succeeded say so once the execution has ended. */
function outputsOf(execution: Execution): JsonObject {
  const entries = execution.runbook.outputs.map((name): [string, string[]] => {
    const value = execution.outputs.get(name) ?? variable(execution, name);
    return [name, value === undefined ? [NO_OUTPUT] : toStrings(value)];
  });
  return hasEnded(execution.status) ? Object.fromEntries(entries) : {};
}

function variable(execution: Execution, name: string): unknown {
  return name.startsWith('variable:') ? execution.variables.get(name.slice('variable:'.length)) : undefined;
}

function stringLists(values: ReadonlyMap<string, unknown>): JsonObject {
  return Object.fromEntries([...values].map(([name, value]) => [name, toStrings(value)]));
}

function defined(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
