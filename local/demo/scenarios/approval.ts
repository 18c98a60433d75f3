import { ACCOUNT_ID } from '../../place.ts';
import type { Narrator } from '../console.ts';
import { type DemoInstance, launchInstance } from '../instance.ts';
import type { World } from '../world.ts';

/** Finding types of GuardDuty, each with a mapping of its own: a mapping that is changed holds after ten seconds only. */
const PAUSED = 'Recon:EC2/PortProbeUnprotectedPort';
const TRIED = 'Backdoor:EC2/C&CActivity.B';
const ASKED = 'UnauthorizedAccess:EC2/SSHBruteForce';
const ISOLATE = 'Remediator-IsolateEC2Instance';
const RELEASE = 'Remediator-ReleaseEC2Instance';
const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/remediator/isolate`;

interface Stage {
  readonly world: World;
  readonly narrator: Narrator;
  readonly instance: DemoInstance;
  /** What the instance and its surroundings were before. */
  readonly before: string;
}

/** What makes people dare: a pause, a dry run, a question with the exact parameters, and a way back. */
export async function tellApproval(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('Everything is paused');
  const instance = await launchInstance(world);
  const stage: Stage = { world, narrator, instance, before: await instance.snapshot() };
  await world.putMapping({ checkName: '*', executionMode: 'off' });
  await putMode(world, PAUSED, 'automatic');
  narrator.step('put-item: the mapping is automatic, and the row * is off.');
  await finds(stage, PAUSED);
  await expectUntouched(stage, PAUSED, { state: 'Deferred', reason: 'PAUSED' });

  narrator.chapter('A dry run: what would it do?');
  await world.deleteMapping('*');
  await putMode(world, TRIED, 'dryRun');
  narrator.step('delete-item: the pause is lifted; put-item: another mapping is a dry run.');
  await finds(stage, TRIED);
  await expectUntouched(stage, TRIED, { state: 'DryRun', reason: 'DRY_RUN' });
  const opsItem = await world.opsItemOf(instance.arn);
  const shown = opsItem?.OperationalData?.parameters?.Value;
  narrator.expect(
    shown?.includes(instance.instanceId) === true,
    `the OpsItem shows ${ISOLATE} with ${shown}`,
  );

  narrator.chapter('A person is asked, and says yes');
  await putMode(world, ASKED, 'approval');
  await finds(stage, ASKED);
  await expectUntouched(stage, ASKED, { state: 'AwaitingApproval', reason: 'APPROVAL_NEEDED' });
  await world.answer(instance.arn, 'approve');
  narrator.step('update-ops-item: answer is "approve".');
  const row = await rowOf(world, ASKED);
  narrator.expect(row?.state === 'Resolved', `the row is ${row?.state}: ${row?.stateReason}`);
  narrator.expect((await instance.snapshot()) !== stage.before, 'the instance is cut off');

  narrator.chapter('It was a false alarm: undo');
  await world.answer(instance.arn, 'undo');
  narrator.step('update-ops-item: answer is "undo".');
  const [last] = await world.executions();
  narrator.expect(
    last?.DocumentName === RELEASE && last?.AutomationExecutionStatus === 'Success',
    `${last?.DocumentName} ended with ${last?.AutomationExecutionStatus}`,
  );
  await world.deleteGroup('Isolated_SG');
  narrator.expect(
    (await instance.snapshot()) === stage.before,
    'groups, profile, interfaces and tags are as they were',
  );
}

async function putMode(world: World, checkName: string, executionMode: string): Promise<void> {
  await world.putMapping({
    checkName,
    ssmAutomationDocument: ISOLATE,
    automationParameters: JSON.stringify({ InstanceId: ['$resourceId'], AutomationAssumeRole: [ROLE] }),
    regexPattern: 'i-[0-9a-f]+$',
    automationStatus: true,
    executionMode,
    rollbackDocument: RELEASE,
    rollbackParameters: JSON.stringify({ InstanceId: ['$resourceId'], AutomationAssumeRole: [ROLE] }),
  });
}

async function finds({ world, narrator, instance }: Stage, type: string): Promise<void> {
  const now = new Date().toISOString();
  await world.putAndWait({
    source: 'aws.guardduty',
    detailType: 'GuardDuty Finding',
    detail: {
      id: type,
      type,
      severity: 8,
      accountId: ACCOUNT_ID,
      region: 'us-east-1',
      createdAt: now,
      updatedAt: now,
      title: `${instance.instanceId} is being attacked.`,
      resource: { resourceType: 'Instance', instanceDetails: { instanceId: instance.instanceId } },
      service: { archived: false, count: 1 },
    },
  });
  narrator.step(`put-events: GuardDuty finds ${type} on ${instance.instanceId}.`);
}

async function expectUntouched(
  { world, narrator, instance, before }: Stage,
  checkName: string,
  { state, reason }: { readonly state: string; readonly reason: string },
): Promise<void> {
  const row = await rowOf(world, checkName);
  narrator.expect(row?.state === state, `the row is ${row?.state}: ${row?.stateReason}`);
  const opsItem = await world.opsItemOf(instance.arn);
  const told = opsItem?.OperationalData?.reason?.Value;
  narrator.expect(told === reason, `the OpsItem ${opsItem?.OpsItemId} says ${told}`);
  narrator.expect((await world.executions()).length === 0, 'nothing was started');
  narrator.expect((await instance.snapshot()) === before, 'the instance is as it was');
}

async function rowOf(world: World, check: string): Promise<Record<string, unknown> | undefined> {
  const rows = await world.rows('AutomationExecutionTrackerTable');
  return rows.find(({ checkName }) => checkName === check);
}
