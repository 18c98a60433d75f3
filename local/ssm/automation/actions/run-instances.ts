import { z } from 'zod';
import type { JsonObject } from '../../../service.ts';
import { StepFailure } from '../failure.ts';
import type { Action, ActionContext, ActionResult } from './action.ts';
import { callService, describeNew } from './support/call-service.ts';
import { defined, flag, integer, map, maps, readInputs, text, texts } from './support/input-schema.ts';
import { describeState, instancesOf } from './support/instances.ts';
import { pollUntil } from './support/poll.ts';
import { listOf, textOf } from './support/read.ts';
import { outputsOf, resultOf } from './support/result.ts';

/** Those that RunInstances takes as they are. */
const PASSED_ON = {
  ImageId: text,
  InstanceType: text.optional(),
  AdditionalInfo: text.optional(),
  BlockDeviceMappings: maps.optional(),
  CapacityReservationSpecification: map.optional(),
  ClientToken: text.optional(),
  CpuOptions: map.optional(),
  CreditSpecification: map.optional(),
  DisableApiStop: flag.optional(),
  DisableApiTermination: flag.optional(),
  EbsOptimized: flag.optional(),
  HibernationOptions: map.optional(),
  InstanceInitiatedShutdownBehavior: text.optional(),
  InstanceMarketOptions: map.optional(),
  KernelId: text.optional(),
  KeyName: text.optional(),
  LaunchTemplate: map.optional(),
  LicenseSpecifications: maps.optional(),
  MetadataOptions: map.optional(),
  NetworkInterfaces: maps.optional(),
  Placement: map.optional(),
  PrivateIpAddress: text.optional(),
  RamdiskId: text.optional(),
  SecurityGroupIds: texts.optional(),
  SecurityGroups: texts.optional(),
  SubnetId: text.optional(),
  TagSpecifications: maps.optional(),
  UserData: text.optional(),
};

const OWN = {
  MinInstanceCount: integer.optional(),
  MaxInstanceCount: integer.optional(),
  IamInstanceProfileArn: text.optional(),
  IamInstanceProfileName: text.optional(),
  Monitoring: z.union([map, flag]).optional(),
  PlacementAffinity: text.optional(),
  PlacementAvailabilityZone: text.optional(),
  PlacementGroupName: text.optional(),
  PlacementHostId: text.optional(),
  PlacementTenancy: text.optional(),
};

type Inputs = z.output<z.ZodObject<typeof PASSED_ON & typeof OWN>>;

const LAUNCHING: readonly string[] = ['', 'pending'];

/**
 * Launches instances and waits until they run.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runinstance.html
 */
export const runInstances: Action = {
  name: 'aws:runInstances',
  run: async (context) => {
    const launched = await callService(context, {
      service: 'ec2',
      operation: 'RunInstances',
      input: toRequest(readInputs(context.inputs, { ...PASSED_ON, ...OWN })),
    });
    const ids = listOf(launched, 'Instances').map((instance) => textOf(instance, 'InstanceId') ?? '');
    return awaitRunning(context, ids);
  },
};

function toRequest(inputs: Inputs): JsonObject {
  const min = inputs.MinInstanceCount ?? 1;
  const passedOn = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => Object.hasOwn(PASSED_ON, name)),
  );
  return defined({
    ...passedOn,
    InstanceType: inputs.InstanceType ?? (inputs.LaunchTemplate === undefined ? 'm1.small' : undefined),
    Monitoring: typeof inputs.Monitoring === 'boolean' ? { Enabled: inputs.Monitoring } : inputs.Monitoring,
    IamInstanceProfile: someOf({ Arn: inputs.IamInstanceProfileArn, Name: inputs.IamInstanceProfileName }),
    Placement: someOf({
      ...inputs.Placement,
      Affinity: inputs.PlacementAffinity,
      AvailabilityZone: inputs.PlacementAvailabilityZone,
      GroupName: inputs.PlacementGroupName,
      HostId: inputs.PlacementHostId,
      Tenancy: inputs.PlacementTenancy,
    }),
    MinCount: min,
    MaxCount: inputs.MaxInstanceCount ?? min,
  });
}

function someOf(members: JsonObject): JsonObject | undefined {
  const given = defined(members);
  return Object.keys(given).length > 0 ? given : undefined;
}

async function awaitRunning(context: ActionContext, ids: readonly string[]): Promise<ActionResult> {
  const describe = describeNew(context, {
    service: 'ec2',
    operation: 'DescribeInstances',
    input: { InstanceIds: ids },
  });
  return pollUntil(context, async () => {
    const instances = instancesOf((await describe()) ?? {});
    const states = ids.map((id) => instances.find((instance) => instance.id === id)?.state ?? '');
    if (states.some((state) => LAUNCHING.includes(state))) return undefined;
    const outputs = { InstanceIds: ids, InstanceStates: states };
    if (states.every((state) => state === 'running')) return resultOf(outputs);
    const failed = instances.filter(({ state }) => state !== 'running');
    throw new StepFailure(`Instances did not come to run: ${failed.map(describeState).join(', ')}`, {
      during: 'Poll action status for completion',
      outputs: outputsOf(outputs),
    });
  });
}
