import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../../local/aws-error.ts';
import { actionStack, inTurn, refusal } from './support.ts';

const launched = { Instances: [{ InstanceId: 'i-1' }, { InstanceId: 'i-2' }] };
const described = (...states: string[]) => ({
  Reservations: [
    {
      Instances: states.map((Name, index) => ({
        InstanceId: `i-${index + 1}`,
        State: { Name },
        StateReason: { Message: `why ${index + 1}` },
      })),
    },
  ],
});
const step = (inputs: object = {}) => ({
  action: 'aws:runInstances',
  inputs: { ImageId: 'ami-1', ...inputs },
});

describe('aws:runInstances', () => {
  it('launches, with the names that Automation has for some inputs, and waits until all run', async () => {
    const { run, calls } = actionStack({
      RunInstances: () => launched,
      DescribeInstances: inTurn(
        new AwsError('InvalidInstanceID.NotFound', 'not yet'),
        described('running', 'pending'),
        described('running', 'running'),
      ),
    });
    const shown = await run(
      step({
        MinInstanceCount: '2',
        IamInstanceProfileName: 'profile',
        SubnetId: '',
        SecurityGroupIds: ['sg-1', ['sg-2']],
        Monitoring: true,
        PlacementTenancy: 'dedicated',
      }),
    );
    expect(calls[0]?.input).toEqual({
      ImageId: 'ami-1',
      InstanceType: 'm1.small',
      MinCount: 2,
      MaxCount: 2,
      IamInstanceProfile: { Name: 'profile' },
      SecurityGroupIds: ['sg-1', 'sg-2'],
      Monitoring: { Enabled: true },
      Placement: { Tenancy: 'dedicated' },
    });
    expect(calls[1]?.input).toEqual({ InstanceIds: ['i-1', 'i-2'] });
    expect(shown.Outputs).toMatchObject({
      InstanceIds: ['i-1', 'i-2'],
      InstanceStates: ['running', 'running'],
    });
  });

  it('leaves the type to a launch template', async () => {
    const { run, calls } = actionStack({
      RunInstances: () => ({ Instances: [{ InstanceId: 'i-1' }] }),
      DescribeInstances: () => described('running'),
    });
    await run({
      action: 'aws:runInstances',
      inputs: { ImageId: 'ami-1', LaunchTemplate: { LaunchTemplateName: 'web' } },
    });
    expect(calls[0]?.input).toEqual({
      ImageId: 'ami-1',
      LaunchTemplate: { LaunchTemplateName: 'web' },
      MinCount: 1,
      MaxCount: 1,
    });
  });

  it('fails where one does not come to run, and still names them', async () => {
    const { run } = actionStack({
      RunInstances: () => launched,
      DescribeInstances: () => described('running', 'terminated'),
    });
    const shown = await run(step());
    expect(shown.FailureMessage).toContain('Instances did not come to run: i-2 is terminated (why 2).');
    expect(shown.Outputs).toMatchObject({ InstanceIds: ['i-1', 'i-2'] });
  });

  it("fails with EC2's words, and gives up in time", async () => {
    const refused = actionStack({ RunInstances: refusal('InsufficientInstanceCapacity', 'none left') });
    expect((await refused.run(step())).FailureMessage).toContain('(InsufficientInstanceCapacity)');
    const waiting = actionStack({
      RunInstances: () => launched,
      DescribeInstances: () => described('pending'),
    });
    expect((await waiting.run({ ...step(), timeoutSeconds: 300 })).StepStatus).toBe('TimedOut');
  });

  it.each([
    [{ ImageId: '' }, 'the input ImageId is missing'],
    [{ MinInstanceCount: 'two' }, 'MinInstanceCount has to be a whole number'],
    [{ MinCount: 1 }, 'there is no input MinCount'],
    [{ TagSpecifications: 'x' }, 'TagSpecifications has to be a list of maps'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    expect((await run(step(inputs))).FailureMessage).toContain(message);
    expect(calls).toEqual([]);
  });
});
