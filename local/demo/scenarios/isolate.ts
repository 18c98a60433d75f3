import { ACCOUNT_ID } from '../../place.ts';
import type { Narrator } from '../console.ts';
import { launchInstance } from '../instance.ts';
import type { World } from '../world.ts';

const ALARM = 'UnauthorizedAccess';

/** USE-CASE U4: an alarm isolates an instance, and a person releases it. */
export async function tellIsolate(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('An alarm isolates the instance that its metric is about');
  const instance = await launchInstance(world);
  narrator.step(
    `The instance ${instance.instanceId} runs with two network interfaces and an instance profile.`,
  );
  const before = await instance.snapshot();
  await world.putMapping({
    checkName: ALARM,
    ssmAutomationDocument: 'Remediator-IsolateEC2Instance',
    automationParameters: `{"InstanceId": ["$resourceId"], "AutomationAssumeRole": ["arn:aws:iam::${ACCOUNT_ID}:role/remediator/isolate"]}`,
    regexPattern: 'i-[0-9a-f]+$',
    automationStatus: true,
  });
  narrator.step(`put-item: the alarm ${ALARM} is mapped to Remediator-IsolateEC2Instance.`);
  await world.putAndWait({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    detail: {
      alarmName: ALARM,
      state: {
        value: 'ALARM',
        reason: 'Threshold Crossed: 12 is greater than 10',
        timestamp: new Date().toISOString(),
      },
      configuration: {
        metrics: [{ metricStat: { metric: { name: instance.instanceId, namespace: 'LabApplications' } } }],
      },
    },
  });
  narrator.step(`put-events: the alarm ${ALARM} goes off; its metric is called ${instance.instanceId}.`);

  const { Reservations } = await world.call('ec2', 'DescribeInstances', {
    InstanceIds: [instance.instanceId],
  });
  const [isolated] = Reservations[0].Instances;
  const names: string[] = isolated.NetworkInterfaces.flatMap((each: { Groups: { GroupName: string }[] }) =>
    each.Groups.map(({ GroupName }) => GroupName),
  );
  narrator.expect(
    names.length === 2 && names.every((name) => name === 'Isolated_SG'),
    `its interfaces have the groups ${names.join(', ')}`,
  );
  const { SecurityGroups } = await world.call('ec2', 'DescribeSecurityGroups', {
    Filters: [{ Name: 'group-name', Values: ['Isolated_SG'] }],
  });
  const [group] = SecurityGroups;
  narrator.expect(
    group?.IpPermissions.length === 0 && group?.IpPermissionsEgress.length === 0,
    'Isolated_SG lets nothing in and nothing out',
  );
  narrator.expect(isolated.IamInstanceProfile === undefined, 'it has no instance profile any more');
  const opsItem = await world.opsItemOf(instance.arn);
  narrator.expect(opsItem?.Status === 'Resolved', `the OpsItem ${opsItem?.OpsItemId} is ${opsItem?.Status}`);

  narrator.chapter('A false alarm: the instance is given back');
  const release = await world.runs('Remediator-ReleaseEC2Instance', { InstanceId: [instance.instanceId] });
  narrator.step('start-automation-execution: Remediator-ReleaseEC2Instance.');
  narrator.expect(
    release.AutomationExecutionStatus === 'Success',
    `it ended with ${release.AutomationExecutionStatus}`,
  );
  const { SecurityGroups: left } = await world.call('ec2', 'DescribeSecurityGroups', {
    Filters: [{ Name: 'group-name', Values: ['Isolated_SG'] }],
  });
  if (left.length > 0) {
    // The empty group is the VPC's, and stays for the next time.
    await world.call('ec2', 'DeleteSecurityGroup', { GroupId: left[0].GroupId });
    narrator.step('Isolated_SG, which nothing uses now, is deleted.');
  }
  narrator.expect(
    (await instance.snapshot()) === before,
    'groups, profile, interfaces and tags are as they were',
  );
}
