import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/aws-error.ts';
import { giveProfile, launch } from './managed-instance.ts';
import { at, type Bench, createBench, stepsThat, textAt } from './stand-in.ts';

const NAME = 'AWSSupport-TroubleshootManagedInstance';

/** What the report says of each check, by `OK` or `ERROR`. */
async function troubleshoot(bench: Bench, InstanceId: string): Promise<string> {
  const execution = await bench.run(NAME, { InstanceId: [InstanceId] });
  expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
  return textAt(execution.Outputs, 'FinalOutput.Message', 0);
}
const findings = (report: string) => [...report.matchAll(/\[(OK|ERROR)\]/g)].map(([, each]) => each);

describe(NAME, () => {
  it('says that an instance is managed, and again', async () => {
    await using bench = createBench();
    const id = await launch(bench);
    await giveProfile(bench, id);
    for (const _time of ['first', 'second']) {
      expect(await troubleshoot(bench, id)).toBe('EC2 instance is managed by Systems Manager.');
    }
  });

  it('finds that there is no profile, and changes nothing', async () => {
    await using bench = createBench();
    const id = await launch(bench);
    const described = () => bench.call('ec2', 'DescribeInstances', { InstanceIds: [id] });
    const before = await described();
    for (const _time of ['first', 'second']) {
      const report = await troubleshoot(bench, id);
      expect(findings(report)).toEqual(['OK', 'OK', 'ERROR']);
      expect(report).toContain(`No EC2 instance IAM profile attached to the instance: '${id}'`);
    }
    expect(await described()).toEqual(before);
    const reads = /^(ssm|ec2|iam):(Describe|List|Get)/;
    const others = bench.calls.filter((call) => !reads.test(call));
    expect(others).toEqual([]);
  });

  it('finds a role without the policy, and that the instance is managed once it is attached', async () => {
    await using bench = createBench();
    const id = await launch(bench);
    const RoleName = await giveProfile(bench, id, ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']);
    const report = await troubleshoot(bench, id);
    expect(findings(report)).toEqual(['OK', 'OK', 'ERROR']);
    expect(report).toContain(`The role '${RoleName}'`);
    expect(report).toContain('attach AmazonSSMManagedInstanceCore');
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
    await bench.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    expect(await troubleshoot(bench, id)).toBe('EC2 instance is managed by Systems Manager.');
  });

  it('finds a profile without a role', async () => {
    await using bench = createBench();
    const id = await launch(bench);
    const name = await giveProfile(bench, id);
    const profile = { InstanceProfileName: name, RoleName: name };
    await bench.call('iam', 'RemoveRoleFromInstanceProfile', profile);
    const report = await troubleshoot(bench, id);
    expect(findings(report)).toEqual(['OK', 'OK', 'ERROR']);
    expect(report).toMatch(/The profile 'arn:[^']+' has no role/);
  });

  it('finds security groups that let nothing out on port 443', async () => {
    await using bench = createBench();
    const { GroupId } = await bench.call('ec2', 'CreateSecurityGroup', {
      GroupName: 'closed',
      Description: 'closed',
    });
    const id = await launch(bench, { SecurityGroupIds: [GroupId] });
    const egress = (protocol: object) => ({ GroupId, IpPermissions: [protocol] });
    const all = egress({ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
    const tcp = (FromPort: number, ToPort: number) =>
      egress({ IpProtocol: 'tcp', FromPort, ToPort, IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
    await bench.call('ec2', 'RevokeSecurityGroupEgress', all);
    await bench.call('ec2', 'AuthorizeSecurityGroupEgress', tcp(80, 80));
    const report = await troubleshoot(bench, id);
    expect(findings(report)).toEqual(['OK', 'ERROR', 'ERROR']);
    expect(report).toContain(`No rule of ["${String(GroupId)}"] allows outbound traffic on port 443`);
    await bench.call('ec2', 'AuthorizeSecurityGroupEgress', tcp(400, 500));
    expect(findings(await troubleshoot(bench, id))).toEqual(['OK', 'OK', 'ERROR']);
  });

  it.each([
    ['StopInstances', 'stopped', ['ERROR', 'OK', 'ERROR']],
    ['TerminateInstances', 'terminated', ['ERROR', 'ERROR', 'ERROR']],
  ])('finds after %s that an instance is %s', async (operation, state, expected) => {
    await using bench = createBench();
    const id = await launch(bench);
    await bench.call('ec2', operation, { InstanceIds: [id] });
    const report = await troubleshoot(bench, id);
    expect(findings(report)).toEqual(expected);
    expect(report).toContain(`The instance is ${state}.`);
  });

  it('fails for an instance that does not exist', async () => {
    await using bench = createBench();
    const execution = await bench.run(NAME, { InstanceId: ['i-0123456789abcdef0'] });
    expect(stepsThat(execution, 'Failed')).toEqual(['GetInstance']);
    expect(execution.FailureMessage).toContain('InvalidInstanceID.NotFound');
  });

  it.each([
    ['ssm:DescribeInstanceInformation', 'GetPingStatus'],
    ['ec2:DescribeSecurityGroupRules', 'GetEgressRules'],
    ['ec2:DescribeIamInstanceProfileAssociations', 'DescribeProfile'],
    ['iam:ListInstanceProfiles', 'GetRole'],
  ])('fails where %s is refused', async (call, step) => {
    await using bench = createBench();
    const id = await launch(bench);
    await giveProfile(bench, id, []);
    bench.answers.set(call, () => {
      throw new AwsError('AccessDeniedException', 'no permission');
    });
    const execution = await bench.run(NAME, { InstanceId: [id] });
    expect(stepsThat(execution, 'Failed')).toEqual([step]);
    expect(at(execution.Outputs, 'FinalOutput.Message', 0)).not.toContain('[OK]');
  });
});
