import type { JsonObject } from '../../../service.ts';
import { StepFailure } from '../failure.ts';
import type { Signal } from '../signals.ts';
import { asText } from '../tokens.ts';
import { waitForSignal } from '../wait-for-signal.ts';
import type { Action, ActionContext } from './action.ts';
import { approverOf } from './approvers.ts';
import { invalidInput } from './inputs.ts';

const MAX_APPROVERS = 10;
const WEEK_SECONDS = 604_800;

interface Decision {
  readonly Approver: string;
  readonly Decision: 'Approve' | 'Reject';
  readonly Comment?: string;
  readonly Time: string;
}

/**
 * Waits (status `Waiting`) until enough of the approvers have approved, or one has rejected: then the step fails.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-approve.html
 */
export const approve: Action = {
  name: 'aws:approve',
  defaultTimeoutSeconds: WEEK_SECONDS,
  run: async (context) => {
    const { deps, execution, stepExecution: step, signal, inputs } = context;
    const approvers = readApprovers(inputs);
    const needed = readNeeded(inputs, approvers);
    await notify(context, approvers);
    const decisions: Decision[] = [];
    step.outputs = outputs('Waiting', decisions);
    const status = await waitForSignal(deps, {
      execution,
      step,
      signal,
      accepts: ['Approve', 'Reject'],
      read: (sent) => {
        decisions.push(decide(sent, { approvers, decisions, now: deps.clock.now() }));
        step.outputs = outputs('Waiting', decisions);
        if (sent.type === 'Reject') return 'Rejected';
        return decisions.length >= needed ? 'Approved' : undefined;
      },
    });
    if (status === 'Approved') return { outputs: outputs(status, decisions) };
    const [last] = decisions.slice(-1);
    throw new StepFailure(
      `The approval request was rejected by ${last?.Approver}${last?.Comment ? ` (${last.Comment})` : ''}`,
      { outputs: outputs(status, decisions) },
    );
  },
};

function outputs(status: string, decisions: readonly Decision[]): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['ApprovalStatus', status],
    ['ApproverDecisions', [...decisions]],
  ]);
}

function decide(
  { type, principal, payload }: Signal,
  state: {
    readonly approvers: readonly string[];
    readonly decisions: readonly Decision[];
    readonly now: Date;
  },
): Decision {
  const decided = state.decisions.map(({ Approver }) => Approver);
  const [comment] = payload.get('Comment') ?? [];
  return {
    Approver: approverOf(principal, { approvers: state.approvers, decided }),
    Decision: type === 'Reject' ? 'Reject' : 'Approve',
    ...(comment === undefined ? {} : { Comment: comment }),
    Time: state.now.toISOString(),
  };
}

function readApprovers({ Approvers: given }: JsonObject): string[] {
  const list = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(list) || list.length === 0)
    throw invalidInput('Approvers has to be a list of principals');
  if (list.length > MAX_APPROVERS) throw invalidInput(`Approvers can have ${MAX_APPROVERS} members at most`);
  return list.map(asText);
}

function readNeeded({ MinRequiredApprovals: given = 1 }: JsonObject, approvers: readonly string[]): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= approvers.length) return number;
  throw invalidInput(
    `MinRequiredApprovals has to be 1 to ${approvers.length}, the number of approvers; it is ${asText(given)}`,
  );
}

/** A topic that can't be reached must not keep people from deciding. */
async function notify(
  { deps, execution, step, inputs }: ActionContext,
  approvers: readonly string[],
): Promise<void> {
  const { NotificationArn: topic, Message: message = '' } = inputs;
  if (topic === undefined || topic === '') return;
  const text = `${asText(message)}\n\nApproval is asked of ${approvers.join(', ')} for the step ${step.name} of the automation execution ${execution.id} (${execution.documentName}).`;
  const input = { TopicArn: asText(topic), Subject: 'Automation approval request', Message: text.trim() };
  try {
    await deps.account.call({ service: 'sns', operation: 'Publish', input, region: execution.region });
  } catch (error) {
    deps.reportFault(error);
  }
}
