import { ACCOUNT_ID, REGION } from '../../place.ts';
import type { Narrator } from '../console.ts';
import { type DemoInstance, launchInstance } from '../instance.ts';
import type { World } from '../world.ts';

const ALARM = 'UnauthorizedAccess';
const REASON = 'Threshold Crossed: 12 is greater than 10';

interface Stage {
  readonly world: World;
  readonly narrator: Narrator;
  readonly instance: DemoInstance;
  /** What the instance and its surroundings were before. */
  readonly before: string;
}

/** USE-CASE U4: an alarm isolates an instance, and a person releases it; through EventBridge, and through SNS. */
export async function tellIsolate(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('An alarm isolates the instance that its metric is about');
  const instance = await launchInstance(world);
  narrator.step(
    `The instance ${instance.instanceId} runs with two network interfaces and an instance profile.`,
  );
  const stage: Stage = { world, narrator, instance, before: await instance.snapshot() };
  await world.putMapping({
    checkName: ALARM,
    ssmAutomationDocument: 'Remediator-IsolateEC2Instance',
    automationParameters: `{"InstanceId": ["$resourceId"], "AutomationAssumeRole": ["arn:aws:iam::${ACCOUNT_ID}:role/remediator/isolate"]}`,
    regexPattern: 'i-[0-9a-f]+$',
    automationStatus: true,
  });
  narrator.step(`put-item: the alarm ${ALARM} is mapped to Remediator-IsolateEC2Instance.`);
  await throughEventBridge(stage, 'ALARM', new Date());
  narrator.step(`put-events: the alarm ${ALARM} goes off; its metric is called ${instance.instanceId}.`);
  await expectIsolated(stage, 1);
  await release(stage);

  narrator.chapter('The alarm goes off again, and comes through SNS');
  await throughSns(stage, 'OK', new Date());
  narrator.step('publish: the alarm is OK.');
  const changedAt = new Date();
  await throughSns(stage, 'ALARM', changedAt);
  narrator.step('publish: the alarm goes off.');
  await expectIsolated(stage, 2);
  await throughEventBridge(stage, 'ALARM', changedAt);
  narrator.step('put-events: the same change comes through EventBridge, too.');
  const findings = await world.rows('CheckTrackerTable');
  narrator.expect(findings.length === 1, `both ways tell of ${findings.length} finding`);
  await expectIsolated(stage, 2);
  await release(stage);
}

async function throughEventBridge({ world, instance }: Stage, value: string, changedAt: Date): Promise<void> {
  await world.putAndWait({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    detail: {
      alarmName: ALARM,
      state: { value, reason: REASON, timestamp: changedAt.toISOString() },
      configuration: {
        metrics: [{ metricStat: { metric: { name: instance.instanceId, namespace: 'LabApplications' } } }],
      },
    },
  });
}

async function throughSns({ world, instance }: Stage, value: string, changedAt: Date): Promise<void> {
  await world.publishAndWait('FindingAlarmTopic', `${value}: "${ALARM}" in US East (N. Virginia)`, {
    AlarmName: ALARM,
    AlarmDescription: null,
    AWSAccountId: ACCOUNT_ID,
    NewStateValue: value,
    NewStateReason: REASON,
    StateChangeTime: changedAt.toISOString().replace('Z', '+0000'),
    Region: 'US East (N. Virginia)',
    AlarmArn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT_ID}:alarm:${ALARM}`,
    Trigger: { MetricName: instance.instanceId, Namespace: 'LabApplications', Dimensions: [] },
  });
}

/** @param executions how many there have been by then */
async function expectIsolated({ world, narrator, instance }: Stage, executions: number): Promise<void> {
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
  const [group] = await isolationGroups(world);
  narrator.expect(
    group?.IpPermissions.length === 0 && group?.IpPermissionsEgress.length === 0,
    'Isolated_SG lets nothing in and nothing out',
  );
  narrator.expect(isolated.IamInstanceProfile === undefined, 'it has no instance profile any more');
  const opsItem = await world.opsItemOf(instance.arn);
  narrator.expect(opsItem?.Status === 'Resolved', `the OpsItem ${opsItem?.OpsItemId} is ${opsItem?.Status}`);
  const started = (await world.executions()).filter(
    ({ DocumentName }) => DocumentName === 'Remediator-IsolateEC2Instance',
  );
  narrator.expect(started.length === executions, `executions of the runbook so far: ${started.length}`);
}

async function release({ world, narrator, instance, before }: Stage): Promise<void> {
  narrator.chapter('A false alarm: the instance is given back');
  const ended = await world.runs('Remediator-ReleaseEC2Instance', { InstanceId: [instance.instanceId] });
  narrator.step('start-automation-execution: Remediator-ReleaseEC2Instance.');
  narrator.expect(
    ended.AutomationExecutionStatus === 'Success',
    `it ended with ${ended.AutomationExecutionStatus}`,
  );
  const [left] = await isolationGroups(world);
  if (left) {
    // The empty group is the VPC's, and stays for the next time.
    await world.call('ec2', 'DeleteSecurityGroup', { GroupId: left.GroupId });
    narrator.step('Isolated_SG, which nothing uses now, is deleted.');
  }
  narrator.expect(
    (await instance.snapshot()) === before,
    'groups, profile, interfaces and tags are as they were',
  );
}

async function isolationGroups(
  world: World,
): Promise<readonly { GroupId: string; IpPermissions: object[]; IpPermissionsEgress: object[] }[]> {
  const { SecurityGroups } = await world.call('ec2', 'DescribeSecurityGroups', {
    Filters: [{ Name: 'group-name', Values: ['Isolated_SG'] }],
  });
  return SecurityGroups;
}
