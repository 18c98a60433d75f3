/** What GetAutomationExecution shows of a step. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StepExecution.html */
export interface StepView {
  readonly StepName: string;
  readonly Action: string;
  readonly StepStatus: string;
  readonly StepExecutionId: string;
  /** JSON, by name. */
  readonly Inputs: Readonly<Record<string, string>>;
  readonly Outputs?: Readonly<Record<string, readonly string[]>>;
  readonly FailureMessage?: string;
  readonly ExecutionStartTime?: Date;
  readonly ExecutionEndTime?: Date;
  readonly ParentStepDetails?: {
    readonly StepExecutionId: string;
    readonly Iteration: number;
    readonly IteratorValue?: string;
  };
}

/** What GetAutomationExecution shows. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html */
export interface ExecutionView {
  readonly AutomationExecutionId: string;
  readonly AutomationExecutionStatus: string;
  readonly DocumentName: string;
  readonly StepExecutions: readonly StepView[];
  readonly Outputs: Readonly<Record<string, readonly string[]>>;
  readonly FailureMessage?: string;
  readonly ParentAutomationExecutionId?: string;
  readonly ExecutionStartTime: Date;
  readonly ExecutionEndTime?: Date;
}

export function hasEnded(step: StepView): boolean {
  return step.ExecutionEndTime !== undefined;
}
