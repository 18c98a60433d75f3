import type { JsonObject } from '../../service.ts';
import { type Execution, hasEnded, type ParentStep, type Status, type StepExecution } from './execution.ts';
import { plannedStep } from './next-step.ts';
import { toStrings } from './parameter-values.ts';
import { asText } from './tokens.ts';

const NO_OUTPUT = 'No output available yet because the step is not successfully executed';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html */
export function toAutomationExecution(execution: Execution): JsonObject {
  return defined({
    ...common(execution),
    StepExecutions: execution.steps.map(toStepExecution),
    StepExecutionsTruncated: false,
    Parameters: stringLists(execution.parameters),
    Variables: stringLists(execution.variables),
    ProgressCounters: progressOf(execution),
  });
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecutionMetadata.html */
export function toMetadata(execution: Execution): JsonObject {
  return { ...common(execution), LogFile: '', AutomationType: 'Local' };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StepExecution.html */
export function toStepExecution(step: StepExecution): JsonObject {
  const { definition, failureDetails } = step;
  const next = plannedStep(step);
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
    ParentStepDetails: step.parent && toParentStep(step.parent),
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
    Mode: execution.mode,
    ParentAutomationExecutionId: execution.parent?.id,
    ExecutedBy: execution.executedBy,
    CurrentStepName: execution.currentStep?.definition.name,
    CurrentAction: execution.currentStep?.definition.action,
    ...rateControlOf(execution),
  });
}

function rateControlOf({ rateControl, target }: Execution): JsonObject {
  return {
    Targets: rateControl?.targets.map(({ key, values }) => ({ Key: key, Values: values })) ?? [],
    TargetMaps: rateControl?.targetMaps.length ? rateControl.targetMaps : undefined,
    TargetParameterName: rateControl?.parameterName ?? target?.parameterName,
    ResolvedTargets: { ParameterValues: rateControl?.resolved ?? [], Truncated: false },
    MaxConcurrency: rateControl?.maxConcurrency,
    MaxErrors: rateControl?.maxErrors,
    Target: target?.value,
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ProgressCounters.html */
function progressOf({ rateControl, steps }: Execution): JsonObject | undefined {
  if (rateControl === undefined) return undefined;
  const count = (status: Status) => steps.filter((step) => step.status === status).length;
  return {
    TotalSteps: rateControl.resolved.length,
    SuccessSteps: count('Success'),
    FailedSteps: count('Failed'),
    CancelledSteps: count('Cancelled'),
    TimedOutSteps: count('TimedOut'),
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParentStepDetails.html */
function toParentStep({ step, iteration, iteratorValue }: ParentStep): JsonObject {
  return defined({
    StepExecutionId: step.id,
    StepName: step.definition.name,
    Action: step.definition.action,
    Iteration: iteration,
    IteratorValue: iteratorValue === undefined ? undefined : asText(iteratorValue),
  });
}

/** The document's outputs; those of steps that have not succeeded say so once the execution has ended. */
function outputsOf(execution: Execution): JsonObject {
  return hasEnded(execution.status) ? Object.fromEntries(documentOutputs(execution)) : {};
}

/** What each of the document's outputs holds, as lists of strings. */
export function documentOutputs(execution: Execution): ReadonlyMap<string, string[]> {
  return new Map(
    execution.runbook.outputs.map((name) => {
      const value = execution.outputs.get(name) ?? variable(execution, name);
      return [name, value === undefined ? [NO_OUTPUT] : toStrings(value)];
    }),
  );
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
