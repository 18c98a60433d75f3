import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { stepsOf } from '../local/ssm/automation/support.ts';
import { createScene, type Scene } from './isolation-scene.ts';
import {
  ACCOUNTS,
  changesOf,
  type RunbookStack,
  refusing,
  runbookStack,
  type TriedAccount,
} from './support.ts';

const ISOLATE = 'Remediator-IsolateEC2Instance';
const RELEASE = 'Remediator-ReleaseEC2Instance';

describe.each(ACCOUNTS.map((each) => ({ ...each })))(
  'isolate and release, $name',
  ({ name, skipped, start }) => {
    describe.skipIf(skipped)('', () => {
      // How it goes on after a failure has nothing to do with the account.
      const failing = it.skipIf(name !== 'in memory');
      let running: TriedAccount;
      let stack: RunbookStack;
      let scene: Scene;
      const run = (runbook: string, instance: string) => stack.run(runbook, { InstanceId: instance });

      beforeAll(async () => {
        running = await start();
      }, 40_000);
      afterAll(() => running[Symbol.asyncDispose]());
      beforeEach(() => {
        stack = runbookStack(running.account);
        scene = createScene(stack.call);
      });

      it('isolates an instance with two interfaces and a profile, and gives all of it back', async () => {
        const instance = await scene.launch({ groups: [2, 1], profile: true });
        const before = await scene.stateOf(instance);
        const isolated = await run(ISOLATE, instance);
        expect(isolated.AutomationExecutionStatus, isolated.FailureMessage).toBe('Success');
        const group = await scene.isolatedGroup();
        const after = await scene.stateOf(instance);
        expect(after.profiles).toEqual([]);
        expect(Object.keys(after.groups)).toEqual(Object.keys(before.groups));
        expect(Object.values(after.groups)).toEqual([[group], [group]]);
        expect(await scene.rulesOf(group)).toEqual([]);

        const released = await run(RELEASE, instance);
        expect(released.AutomationExecutionStatus, released.FailureMessage).toBe('Success');
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it.skipIf(name === 'in memory')('takes the group of the VPC that each interface is in', async () => {
        const instance = await scene.launch({ groups: [1] });
        const elsewhere = await scene.otherVpc();
        const second = await scene.attach(instance, elsewhere);
        const before = await scene.stateOf(instance);
        const { AutomationExecutionStatus, FailureMessage } = await run(ISOLATE, instance);
        expect(AutomationExecutionStatus, FailureMessage).toBe('Success');
        const group = await scene.isolatedGroupOf(elsewhere.vpcId);
        expect((await scene.stateOf(instance)).groups[second]).toEqual([group]);
        expect(group).not.toBe(await scene.isolatedGroup());
        await run(RELEASE, instance);
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it('isolates an instance without a profile', async () => {
        const instance = await scene.launch({ groups: [1] });
        const before = await scene.stateOf(instance);
        const execution = await run(ISOLATE, instance);
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect(execution.Outputs['DescribeProfile.ProfileArns']).toEqual([]);
        await run(RELEASE, instance);
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it('changes nothing more when it runs twice, and still knows what there was', async () => {
        const instance = await scene.launch({ groups: [2], profile: true });
        const before = await scene.stateOf(instance);
        await run(ISOLATE, instance);
        const once = await scene.stateOf(instance);
        stack.account.calls.length = 0;
        const again = await run(ISOLATE, instance);
        expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
        expect(new Set(changesOf(stack.account))).toEqual(new Set(['ec2:ModifyNetworkInterfaceAttribute']));
        expect(await scene.stateOf(instance)).toEqual(once);
        await run(RELEASE, instance);
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it('keeps the profile that it saved first, whatever was attached since', async () => {
        const instance = await scene.launch({ groups: [1], profile: true });
        const before = await scene.stateOf(instance);
        await run(ISOLATE, instance);
        await scene.attachNewProfile(instance);
        const again = await run(ISOLATE, instance);
        expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
        expect((await scene.stateOf(instance)).profiles).toEqual([]);
        await run(RELEASE, instance);
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it.each([
        ['CreateTags', 1],
        ['CreateTags', 2],
        ['CreateSecurityGroup', 1],
        ['ModifyNetworkInterfaceAttribute', 1],
        ['ModifyNetworkInterfaceAttribute', 2],
        ['DisassociateIamInstanceProfile', 1],
      ])(
        'loses nothing where %s fails (call %i): isolated again and released, all is as before',
        async (operation, nth) => {
          const vpc = await scene.otherVpc();
          const instance = await scene.launch({ groups: [1, 2], profile: true, place: vpc });
          const before = await scene.stateOf(instance);
          stack.account.interfere = refusing(operation, nth);
          const failed = await run(ISOLATE, instance);
          expect(failed.AutomationExecutionStatus).toBe('Failed');
          stack.account.interfere = () => undefined;
          const again = await run(ISOLATE, instance);
          expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
          await run(RELEASE, instance);
          expect(await scene.stateOf(instance)).toEqual(before);
        },
      );

      it.each([
        ['ModifyNetworkInterfaceAttribute', 2],
        ['DeleteTags', 1],
        ['DeleteTags', 3],
        ['AssociateIamInstanceProfile', 1],
      ])('finishes a release that failed at %s (call %i) when it runs again', async (operation, nth) => {
        const instance = await scene.launch({ groups: [1, 2], profile: true });
        const before = await scene.stateOf(instance);
        await run(ISOLATE, instance);
        const refuse = refusing(operation, nth);
        // Where a step tries again, the failure has to last.
        stack.account.interfere = (call) =>
          operation === 'AssociateIamInstanceProfile' ? refusing(operation)(call) : refuse(call);
        expect((await run(RELEASE, instance)).AutomationExecutionStatus).toBe('Failed');
        stack.account.interfere = () => undefined;
        const again = await run(RELEASE, instance);
        expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it('releases twice, and releases what was never isolated, without a change', async () => {
        const instance = await scene.launch({ groups: [1], profile: true });
        const before = await scene.stateOf(instance);
        const execution = await run(RELEASE, instance);
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect(changesOf(stack.account)).toEqual([]);
        expect(await scene.stateOf(instance)).toEqual(before);
      });

      it('empties an Isolated_SG that somebody opened', async () => {
        const vpc = await scene.otherVpc();
        const instance = await scene.launch({ groups: [1], place: vpc });
        await run(ISOLATE, instance);
        const group = await scene.isolatedGroupOf(vpc.vpcId);
        await scene.open(group);
        expect(await scene.rulesOf(group)).toHaveLength(2);
        const again = await run(ISOLATE, instance);
        expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
        expect(await scene.rulesOf(group)).toEqual([]);
      });

      it('takes the group that another execution makes at the same moment', async () => {
        const vpc = await scene.otherVpc();
        const instance = await scene.launch({ groups: [1], place: vpc });
        let made: Promise<JsonObject> | undefined;
        stack.account.interfere = ({ operation, input }) => {
          if (operation !== 'CreateSecurityGroup') return undefined;
          made ??= stack.call('ec2', operation, input);
          return made.then(() => stack.call('ec2', operation, input));
        };
        const execution = await run(ISOLATE, instance);
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect(stepsOf(execution)).toContain('CreateIsolatedGroup=Failed GetIsolatedGroup=Success');
      });

      it('fails where a rule of Isolated_SG can not be removed', async () => {
        const vpc = await scene.otherVpc();
        const instance = await scene.launch({ groups: [1], place: vpc });
        stack.account.interfere = refusing('RevokeSecurityGroupEgress');
        const execution = await run(ISOLATE, instance);
        expect(execution.AutomationExecutionStatus).toBe('Failed');
        expect(execution.FailureMessage).toMatch(/VerifyIsolatedGroup.*not in the desired values/s);
      });

      failing.each([ISOLATE, RELEASE])(
        '%s: refuses an instance that does not exist, or is terminated',
        async (name) => {
          const missing = await run(name, 'i-0123456789abcdef0');
          expect(missing.AutomationExecutionStatus).toBe('Failed');
          expect(missing.FailureMessage).toContain('InvalidInstanceID.NotFound');
          const instance = await scene.launch({ groups: [1] });
          await stack.call('ec2', 'TerminateInstances', { InstanceIds: [instance] });
          const terminated = await run(name, instance);
          expect(terminated.AutomationExecutionStatus).toBe('Failed');
          expect(terminated.FailureMessage).toMatch(
            /'(terminated|shutting-down)' from the API output.*State\.Name/,
          );
          expect(changesOf(stack.account)).toEqual([]);
        },
      );

      failing.each(['i-1', 'i-0123456789abcdef0,i-0', "i-0123456789abcdef0' || '", 'mi-0123456789abcdef0'])(
        'refuses the instance ID %s',
        async (id) => {
          await expect(run(ISOLATE, id)).rejects.toMatchObject({
            code: 'InvalidAutomationExecutionParametersException',
          });
        },
      );
    });
  },
);
