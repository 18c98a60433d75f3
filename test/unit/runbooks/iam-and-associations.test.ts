import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/aws-error.ts';
import type { JsonObject } from '../../../local/service.ts';
import { stepsOf } from '../local/ssm/automation/support.ts';
import { answering, denied, managedInstance, NOT_MANAGED } from './answers.ts';
import { createScene, type Scene } from './isolation-scene.ts';
import {
  ACCOUNTS,
  changesOf,
  type RunbookStack,
  refusing,
  runbookStack,
  type TriedAccount,
} from './support.ts';

const ATTACH = 'Remediator-AttachManagedPolicy';
const MANAGE = 'Remediator-ManageInstanceWithSystemsManager';
const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

describe.each(ACCOUNTS)('$name', ({ name, skipped, start }) => {
  describe.skipIf(skipped)('', () => {
    let running: TriedAccount;
    let stack: RunbookStack;
    let scene: Scene;
    beforeAll(async () => {
      running = await start();
    }, 40_000);
    afterAll(() => running[Symbol.asyncDispose]());
    beforeEach(() => {
      stack = runbookStack(running.account);
      scene = createScene(stack.call);
    });

    const createRole = async () => {
      const RoleName = `role-${randomUUID()}`;
      await stack.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST });
      return RoleName;
    };
    const policiesOf = async (RoleName: string) => {
      const { AttachedPolicies } = await stack.call('iam', 'ListAttachedRolePolicies', { RoleName });
      return (AttachedPolicies as JsonObject[]).map(({ PolicyArn }) => PolicyArn);
    };

    describe(ATTACH, () => {
      it('attaches the policy, once, and detaching it undoes it', async () => {
        const Role = await createRole();
        for (const _time of ['first', 'second']) {
          const execution = await stack.run(ATTACH, { Role, PolicyArn: CORE });
          expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
          expect(await policiesOf(Role)).toEqual([CORE]);
        }
        await stack.call('iam', 'DetachRolePolicy', { RoleName: Role, PolicyArn: CORE });
        expect(await policiesOf(Role)).toEqual([]);
      });

      it('asks AWS Config for the name of a role that is given by its ID', async () => {
        const Role = await createRole();
        const { RoleId } = (await stack.call('iam', 'GetRole', { RoleName: Role })).Role as JsonObject;
        if (name !== 'in memory') {
          // moto writes AWS Config's times so that no SDK can read them.
          stack.account.interfere = answering({
            BatchGetResourceConfig: ({ resourceKeys }: JsonObject) => ({
              baseConfigurationItems: (resourceKeys as JsonObject[]).map((key) => ({
                ...key,
                resourceName: Role,
              })),
            }),
          });
        }
        const execution = await stack.run(ATTACH, { Role: String(RoleId), PolicyArn: CORE });
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect(await policiesOf(Role)).toEqual([CORE]);
        expect(stack.account.calls[0]?.input).toEqual({
          resourceKeys: [{ resourceType: 'AWS::IAM::Role', resourceId: RoleId }],
        });
      });

      it('fails for a role that AWS Config does not know, or IAM does not', async () => {
        if (name !== 'in memory') {
          stack.account.interfere = answering({ BatchGetResourceConfig: { baseConfigurationItems: [] } });
        }
        const unknown = await stack.run(ATTACH, { Role: 'AROAJPYUVQIBVTTLF5RMQ', PolicyArn: CORE });
        expect(unknown.FailureMessage).toContain('baseConfigurationItems[0].resourceId');
        expect(changesOf(stack.account)).toEqual([]);
        const missing = await stack.run(ATTACH, { Role: 'none', PolicyArn: CORE });
        expect(missing.FailureMessage).toContain('NoSuchEntity');
      });

      it('fails for a policy that does not exist', async () => {
        const Role = await createRole();
        const PolicyArn = 'arn:aws:iam::123456789012:policy/none';
        expect((await stack.run(ATTACH, { Role, PolicyArn })).FailureMessage).toContain('NoSuchEntity');
        expect(await policiesOf(Role)).toEqual([]);
      });
    });

    describe(MANAGE, () => {
      const manage = (InstanceId: string, InstanceProfileName: string) =>
        stack.run(MANAGE, { InstanceId, InstanceProfileName });
      const newProfile = async () => (await scene.newProfile()).split('/').pop() ?? '';
      const roleOf = async (InstanceProfileName: string) => {
        const { InstanceProfile } = await stack.call('iam', 'GetInstanceProfile', { InstanceProfileName });
        return String(((InstanceProfile as JsonObject).Roles as JsonObject[])[0]?.RoleName);
      };

      it('gives a profile to an instance that has none; taking it off undoes it', async () => {
        const instance = await scene.launch({ groups: [1] });
        const before = await scene.stateOf(instance);
        const profile = await newProfile();
        stack.account.interfere = answering(managedInstance());
        const execution = await manage(instance, profile);
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect((await scene.stateOf(instance)).profiles).toEqual([expect.stringContaining(profile)]);
        await scene.detachProfile(instance);
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it('attaches the policy where there is a profile, whose role keeps its others; twice is once', async () => {
        const instance = await scene.launch({ groups: [1], profile: true });
        const [arn = ''] = (await scene.stateOf(instance)).profiles;
        const role = await roleOf(arn.split('/').pop() ?? '');
        const other = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
        await stack.call('iam', 'AttachRolePolicy', { RoleName: role, PolicyArn: other });
        stack.account.interfere = answering(managedInstance());
        for (const _time of ['first', 'second']) {
          const execution = await manage(instance, 'unused');
          expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
          expect((await policiesOf(role)).sort()).toEqual([other, CORE].sort());
          expect((await scene.stateOf(instance)).profiles).toEqual([arn]);
        }
      });

      it('waits for the agent, and gives up after forty minutes', async () => {
        const instance = await scene.launch({ groups: [1] });
        const profile = await newProfile();
        let polls = 0;
        stack.account.interfere = ({ operation }) => {
          if (operation !== 'DescribeInstanceInformation') return undefined;
          polls += 1;
          return (polls < 4 ? NOT_MANAGED : managedInstance()).DescribeInstanceInformation;
        };
        const execution = await manage(instance, profile);
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect(polls).toBe(4);
        stack.account.interfere = answering(NOT_MANAGED);
        const late = await manage(instance, profile);
        expect(late.AutomationExecutionStatus).toBe('TimedOut');
        expect(stepsOf(late)).toContain('AwaitAgent=TimedOut');
      });

      it('changes nothing of an instance that does not run, or does not exist', async () => {
        const instance = await scene.launch({ groups: [1] });
        await stack.call('ec2', 'StopInstances', { InstanceIds: [instance] });
        expect((await manage(instance, 'profile')).FailureMessage).toContain("Property value 'stop");
        expect((await manage('i-0123456789abcdef0', 'profile')).FailureMessage).toContain(
          'InvalidInstanceID.NotFound',
        );
        expect(changesOf(stack.account)).toEqual([]);
      });

      it.each(['AssociateIamInstanceProfile', 'AttachRolePolicy', 'GetInstanceProfile'])(
        'fails where %s is refused',
        async (operation) => {
          const instance = await scene.launch({
            groups: [1],
            profile: operation !== 'AssociateIamInstanceProfile',
          });
          stack.account.interfere = refusing(operation);
          expect((await manage(instance, await newProfile())).FailureMessage).toContain(
            'UnauthorizedOperation',
          );
        },
      );
    });
  });
});

describe('Remediator-RunFailedAssociations', () => {
  const InstanceId = 'i-0123456789abcdef0';
  const statuses = (...list: readonly string[]) => ({
    InstanceAssociationStatusInfos: list.map((Status, index) => ({
      AssociationId: `association-${index}`,
      Status,
    })),
  });
  let stack: RunbookStack;
  const run = (answers: readonly unknown[], start: unknown = {}) => {
    const left = [...answers];
    stack.account.interfere = answering({
      DescribeInstanceAssociationsStatus: () => (left.length > 1 ? left.shift() : left[0]),
      StartAssociationsOnce: start,
    });
    return stack.run('Remediator-RunFailedAssociations', { InstanceId });
  };
  beforeEach(async () => {
    const memory = await ACCOUNTS[0]?.start();
    if (memory === undefined) throw new Error('no account');
    stack = runbookStack(memory.account);
  });

  it('runs each failed association, and waits until they have succeeded', async () => {
    const execution = await run([
      statuses('Failed', 'Success', 'Failed'),
      statuses('Pending', 'Success', 'InProgress'),
      statuses('Success', 'Success', 'Success'),
    ]);
    expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
    expect(execution.Outputs['FindFailedAssociations.Ids']).toEqual(['association-0', 'association-2']);
    expect(changesOf(stack.account)).toHaveLength(2);
  });

  it('runs nothing where none has failed', async () => {
    const execution = await run([statuses('Success')]);
    expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
    expect(changesOf(stack.account)).toEqual([]);
  });

  it('fails where an association fails again', async () => {
    const execution = await run([statuses('Failed'), statuses('InProgress'), statuses('Failed')]);
    expect(execution.AutomationExecutionStatus).toBe('Failed');
    expect(stepsOf(execution)).toContain('VerifyAssociations=Failed');
  });

  it('fails where an association does not come to an end within an hour', async () => {
    const execution = await run([statuses('Failed'), statuses('InProgress')]);
    expect(execution.AutomationExecutionStatus).toBe('TimedOut');
  });

  it('fails where it may not start them, and for an instance that is not managed', async () => {
    expect((await run([statuses('Failed')], denied)).FailureMessage).toContain('AccessDeniedException');
    const unknown = new AwsError('InvalidInstanceId', 'The following problems can cause this exception: …');
    stack.account.interfere = answering({ DescribeInstanceAssociationsStatus: unknown });
    const execution = await stack.run('Remediator-RunFailedAssociations', { InstanceId });
    expect(execution.FailureMessage).toContain('InvalidInstanceId');
  });
});
