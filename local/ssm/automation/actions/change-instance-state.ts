import { StepFailure } from '../failure.ts';
import type { Action, ActionContext } from './action.ts';
import { callService } from './support/call-service.ts';
import { defined, flag, oneOf, readInputs, text, texts } from './support/input-schema.ts';
import { describeState, type InstanceState, instancesOf } from './support/instances.ts';
import { pollUntil } from './support/poll.ts';
import { listOf, mapOf, textOf } from './support/read.ts';
import { resultOf } from './support/result.ts';

type DesiredState = 'running' | 'stopped' | 'terminated';

const OPERATIONS = {
  running: 'StartInstances',
  stopped: 'StopInstances',
  terminated: 'TerminateInstances',
} as const;

/** States that no waiting turns into the desired one. */
const HOPELESS: Readonly<Record<DesiredState, readonly string[]>> = {
  running: ['shutting-down', 'terminated'],
  stopped: ['shutting-down', 'terminated'],
  terminated: [],
};

/**
 * Brings instances into a state, or with `CheckStateOnly` waits for it. Running means that the status checks of
 * instance and system have passed as well.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-changestate.html
 */
export const changeInstanceState: Action = {
  name: 'aws:changeInstanceState',
  defaultTimeoutSeconds: 3600,
  run: async (context) => {
    const inputs = readInputs(context.inputs, {
      InstanceIds: texts,
      DesiredState: oneOf('running', 'stopped', 'terminated'),
      CheckStateOnly: flag.default(false),
      Force: flag.optional(),
      AdditionalInfo: text.optional(),
    });
    const { InstanceIds, DesiredState } = inputs;
    if (!inputs.CheckStateOnly) {
      await callService(context, {
        service: 'ec2',
        operation: OPERATIONS[DesiredState],
        input: defined({
          InstanceIds,
          Force: DesiredState === 'stopped' ? inputs.Force : undefined,
          AdditionalInfo: DesiredState === 'running' ? inputs.AdditionalInfo : undefined,
        }),
      });
    }
    return pollUntil(context, async () => {
      const reached = await hasReached(context, InstanceIds, DesiredState);
      return reached ? resultOf({ InstanceStates: InstanceIds.map(() => DesiredState) }) : undefined;
    });
  },
};

async function hasReached(
  context: ActionContext,
  ids: readonly string[],
  desired: DesiredState,
): Promise<boolean> {
  const response = await callService(context, {
    service: 'ec2',
    operation: 'DescribeInstances',
    input: { InstanceIds: ids },
  });
  const instances = instancesOf(response);
  const lost = instances.filter(({ state }) => HOPELESS[desired].includes(state));
  if (lost.length > 0) throw unreachable(desired, lost);
  if (instances.length < ids.length || instances.some(({ state }) => state !== desired)) return false;
  return desired !== 'running' || (await haveChecksPassed(context, ids));
}

async function haveChecksPassed(context: ActionContext, ids: readonly string[]): Promise<boolean> {
  const response = await callService(context, {
    service: 'ec2',
    operation: 'DescribeInstanceStatus',
    input: { InstanceIds: ids },
  });
  const passed = listOf(response, 'InstanceStatuses').filter((status) =>
    ['InstanceStatus', 'SystemStatus'].every((check) => textOf(mapOf(status, check), 'Status') === 'ok'),
  );
  return passed.length >= ids.length;
}

function unreachable(desired: DesiredState, instances: readonly InstanceState[]): StepFailure {
  return new StepFailure(
    `The desired state ${desired} can't be reached any more: ${instances.map(describeState).join(', ')}`,
    { during: 'Poll action status for completion', details: { type: 'Verification' } },
  );
}
