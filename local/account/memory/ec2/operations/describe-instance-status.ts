import type { JsonObject } from '../../../../service.ts';
import { flag } from '../../input.ts';
import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { viewState } from '../instances.ts';
import type { InstanceRecord } from '../state.ts';
import { describableInstances } from './describe-instances.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html */
export const describeInstanceStatus = ec2Operation({
  input: { InstanceIds: idList, IncludeAllInstances: flag.default(false), ...describeInput },
  run: ({ InstanceIds, IncludeAllInstances, ...input }, context) => {
    const source = describableInstances(context);
    const all = () =>
      [...source.all(context)].filter(({ state }) => IncludeAllInstances || state === 'running');
    const { items, next } = describeResources({ ...source, all }, { ...input, ids: InstanceIds }, context);
    return { InstanceStatuses: items.map(viewStatus), ...next };
  },
});

function viewStatus(instance: InstanceRecord): JsonObject {
  const check =
    instance.state === 'running'
      ? { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] }
      : { Status: 'not-applicable', Details: [] };
  return {
    InstanceId: instance.instanceId,
    AvailabilityZone: `${instance.region}${instance.zone}`,
    InstanceState: viewState(instance.state),
    InstanceStatus: check,
    SystemStatus: check,
    Events: [],
  };
}
