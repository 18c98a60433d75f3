import type { ExecutionView, StepView } from './execution-view.ts';

/** A step whose status has changed. */
export interface StepChange {
  readonly execution: ExecutionView;
  readonly step: StepView;
  /** How many loops and executions it is in. */
  readonly depth: number;
}

/** Finds out which steps have changed, whenever an execution has. */
export class StepWatcher {
  readonly #get: (executionId: string) => ExecutionView;
  readonly #tell: (change: StepChange) => void;
  /** Last status, by the step's ID. */
  readonly #seen = new Map<string, string>();
  /** In the order of their beginning. */
  readonly executionIds = new Set<string>();

  constructor(get: (executionId: string) => ExecutionView, tell: (change: StepChange) => void) {
    this.#get = get;
    this.#tell = tell;
  }

  look(executionId: string): void {
    this.executionIds.add(executionId);
    const execution = this.#get(executionId);
    for (const step of execution.StepExecutions) {
      const { StepExecutionId: id, StepStatus: status } = step;
      if (status === 'Pending' || this.#seen.get(id) === status) continue;
      this.#seen.set(id, status);
      this.#tell({ execution, step, depth: this.#depthOf(execution, step) });
    }
  }

  #depthOf(execution: ExecutionView, step: StepView): number {
    const loops = loopsAround(execution, step);
    const parentId = execution.ParentAutomationExecutionId;
    if (parentId === undefined) return loops;
    const parent = this.#get(parentId);
    const running = parent.StepExecutions.findLast(
      ({ Action, StepStatus }) => Action === 'aws:executeAutomation' && StepStatus === 'InProgress',
    );
    return loops + 1 + (running === undefined ? 0 : this.#depthOf(parent, running));
  }
}

function loopsAround(execution: ExecutionView, step: StepView): number {
  const parentId = step.ParentStepDetails?.StepExecutionId;
  const loop = execution.StepExecutions.find(({ StepExecutionId }) => StepExecutionId === parentId);
  return loop === undefined ? 0 : loopsAround(execution, loop) + 1;
}
