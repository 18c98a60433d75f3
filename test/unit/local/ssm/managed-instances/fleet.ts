import { createMemoryAccount } from '../../../../../local/account/memory/memory-account.ts';
import { randomIds } from '../../../../../local/ids.ts';
import type { JsonObject, Operation } from '../../../../../local/service.ts';
import { createAssociations } from '../../../../../local/ssm/associations/associations.ts';
import { createManagedInstances } from '../../../../../local/ssm/managed-instances/managed-instances.ts';
import type { RunCommandOptions } from '../../../../../local/ssm/run-command/deps.ts';
import { createRunCommand } from '../../../../../local/ssm/run-command/run-command.ts';
import { manualClock } from '../../account/account.fixture.ts';
import { CONTEXT } from '../automation/support.ts';

export const AGENT_POLICY = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Run Command, State Manager and managed instances on an account in memory that has a role for instances. */
export async function fleet(options: Pick<RunCommandOptions, 'respond'> = {}) {
  const clock = manualClock();
  const account = createMemoryAccount({ clock, ids: randomIds, accountId: CONTEXT.accountId });
  const on = (service: string) => (operation: string, input: JsonObject) =>
    account.call({ service, operation, input, region: CONTEXT.region });
  const [ec2, iam] = [on('ec2'), on('iam')];
  await iam('CreateRole', { RoleName: 'agent', AssumeRolePolicyDocument: JSON.stringify(TRUST) });
  await iam('CreateInstanceProfile', { InstanceProfileName: 'profile' });
  await iam('AddRoleToInstanceProfile', { InstanceProfileName: 'profile', RoleName: 'agent' });
  await iam('AttachRolePolicy', { RoleName: 'agent', PolicyArn: AGENT_POLICY });

  const operations: Record<string, Operation> = {};
  const own = { clock, ids: randomIds, account, operations: () => operations };
  const { isManaged, ...managed } = createManagedInstances(own);
  Object.assign(
    operations,
    managed.operations,
    createRunCommand({ ...own, ...options, isManaged }).operations,
    createAssociations({ ...own, isManaged }).operations,
  );
  return {
    clock,
    ec2,
    iam,
    call: async (name: string, input: JsonObject = {}): Promise<JsonObject> => {
      const operation = operations[name];
      if (operation === undefined) throw new Error(`no ${name}`);
      return { ...((await operation(input, CONTEXT)) as JsonObject) };
    },
    launch: async (input: JsonObject = { IamInstanceProfile: { Name: 'profile' } }): Promise<string> => {
      const launched = await ec2('RunInstances', {
        ImageId: 'ami-12c6146b',
        MinCount: 1,
        MaxCount: 1,
        ...input,
      });
      const [instance] = launched.Instances as readonly JsonObject[];
      return String(instance?.InstanceId);
    },
  };
}
