import { ACCOUNT_ID, REGION } from '../../place.ts';
import type { Narrator } from '../console.ts';
import { launchInstance } from '../instance.ts';
import type { World } from '../world.ts';

const FINDING = 'Backdoor:EC2/C&CActivity.B!DNS';
const RUNBOOK = 'AWSSupport-ContainEC2Instance';
const BUCKET = 'demo-containment-backups';
const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/remediator/contain`;

/** USE-CASE U2: an instance that may be compromised is cut off the network, and given back. */
export async function tellContain(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('GuardDuty finds a backdoor: the instance is cut off the network');
  const instance = await launchInstance(world);
  await world.call('s3', 'CreateBucket', { Bucket: BUCKET });
  narrator.step(
    `The instance ${instance.instanceId} runs; the bucket ${BUCKET} is there for its configuration.`,
  );
  const before = await instance.snapshot();
  await world.putMapping({
    checkName: FINDING,
    ssmAutomationDocument: RUNBOOK,
    automationParameters: JSON.stringify({
      InstanceId: ['$resourceId'],
      Action: ['Contain'],
      DryRun: ['false'],
      BackupS3BucketName: [BUCKET],
      BackupS3BucketAccess: [ROLE],
      AutomationAssumeRole: [ROLE],
    }),
    regexPattern: 'i-[0-9a-f]+$',
    automationStatus: true,
  });
  narrator.step(`put-item: ${FINDING} is mapped to ${RUNBOOK}.`);
  await world.putAndWait({
    source: 'aws.guardduty',
    detailType: 'GuardDuty Finding',
    detail: {
      type: FINDING,
      id: 'b4b01b60fc24a199139f8f5f490edd81',
      accountId: ACCOUNT_ID,
      region: REGION,
      severity: 8,
      title: 'Command and Control server domain name queried.',
      updatedAt: new Date().toISOString(),
      resource: { resourceType: 'Instance', instanceDetails: { instanceId: instance.instanceId } },
      service: { archived: false },
    },
  });
  narrator.step(`put-events: GuardDuty tells of ${instance.instanceId}.`);

  const contained = (await world.executions()).find(({ DocumentName }) => DocumentName === RUNBOOK);
  narrator.expect(
    contained?.AutomationExecutionStatus === 'Success',
    `${RUNBOOK} ended with ${contained?.AutomationExecutionStatus}`,
  );
  const rules = await rulesOf(world, instance.instanceId);
  narrator.expect(rules === 0, `its security groups have ${rules} rules`);
  const { Contents: [backup] = [] } = await world.call('s3', 'ListObjectsV2', { Bucket: BUCKET });
  narrator.expect(backup !== undefined, `what it had is in s3://${BUCKET}/${backup?.Key}`);
  const opsItem = await world.opsItemOf(instance.arn);
  narrator.expect(opsItem?.Status === 'Resolved', `the OpsItem ${opsItem?.OpsItemId} is ${opsItem?.Status}`);

  narrator.chapter('It was a false alarm: everything is given back');
  const restored = await world.runs(RUNBOOK, {
    InstanceId: [instance.instanceId],
    Action: ['Restore'],
    DryRun: ['false'],
    BackupS3BucketName: [BUCKET],
    BackupS3KeyName: [backup?.Key ?? ''],
    AutomationAssumeRole: [ROLE],
  });
  narrator.step(`start-automation-execution: ${RUNBOOK} with Action Restore.`);
  narrator.expect(
    restored.AutomationExecutionStatus === 'Success',
    `it ended with ${restored.AutomationExecutionStatus}`,
  );
  narrator.expect(
    (await instance.snapshot()) === before,
    'groups, profile, interfaces and tags are as they were',
  );
}

/** How many rules there are in all security groups of an instance. */
async function rulesOf(world: World, instanceId: string): Promise<number> {
  const { Reservations } = await world.call('ec2', 'DescribeInstances', { InstanceIds: [instanceId] });
  const interfaces: { Groups: { GroupId: string }[] }[] = Reservations[0].Instances[0].NetworkInterfaces;
  const GroupIds = [...new Set(interfaces.flatMap(({ Groups }) => Groups.map(({ GroupId }) => GroupId)))];
  const { SecurityGroups } = await world.call('ec2', 'DescribeSecurityGroups', { GroupIds });
  return SecurityGroups.flatMap((group: { IpPermissions: unknown[]; IpPermissionsEgress: unknown[] }) => [
    ...group.IpPermissions,
    ...group.IpPermissionsEgress,
  ]).length;
}
