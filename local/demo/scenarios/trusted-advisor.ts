import { ACCOUNT_ID, REGION } from '../../place.ts';
import type { Narrator } from '../console.ts';
import type { World } from '../world.ts';

const PORTS_CHECK = 'Security groups should not allow unrestricted access to ports with high risk';
const PUBLIC_IP_CHECK = 'EC2 instances should not have a public IPv4 address';
const ELASTIC_IP_CHECK = 'Unassociated Elastic IP Addresses';
const VERSIONING_CHECK = 'Amazon S3 Bucket Versioning';
const RUNBOOK = 'AWS-DisablePublicAccessForSecurityGroup';

/** USE-CASE U1: a Trusted Advisor finding closes its own OpsItem, by a runbook or by a person. */
export async function tellTrustedAdvisor(world: World, narrator: Narrator): Promise<void> {
  const finding = await automaticPath(world, narrator);
  await staleAndDuplicate(world, narrator, finding);
  await manualPath(world, narrator);
  await greenCloses(world, narrator);
  await staysOpen(world, narrator);
}

interface GroupFinding {
  readonly groupId: string;
  readonly arn: string;
  readonly seenAt: Date;
}

async function automaticPath(world: World, narrator: Narrator): Promise<GroupFinding> {
  narrator.chapter('Automatic: the runbook mends the group, and its OpsItem resolves by itself');
  const groupId = await world.openGroup('demo-open-to-the-world');
  const arn = `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:security-group/${groupId}`;
  narrator.step(`The security group ${groupId} lets everybody in on port 22.`);
  await world.putMapping({
    checkName: PORTS_CHECK,
    ssmAutomationDocument: RUNBOOK,
    automationParameters: `{"GroupId": ["$resourceId"], "AutomationAssumeRole": ["arn:aws:iam::${ACCOUNT_ID}:role/remediator/close-security-group"]}`,
    regexPattern: '(sg-\\w+)',
    automationStatus: true,
  });
  narrator.step(`put-item: the check is mapped to ${RUNBOOK}.`);

  const seenAt = new Date();
  narrator.step(`put-events: Trusted Advisor says Red for ${groupId}.`);
  const before = performance.now();
  await world.happens({ checkName: PORTS_CHECK, resourceId: arn, detail: detailOf(arn, 'Red', seenAt) });
  narrator.step(`All that followed took ${Math.round(performance.now() - before)} ms.`);

  const execution = (await world.executions()).find(({ DocumentName }) => DocumentName === RUNBOOK);
  for (const step of await world.stepsOf(execution?.AutomationExecutionId)) {
    narrator.step(`  step ${step.StepName} (${step.Action}): ${step.StepStatus}`);
  }
  narrator.expect(
    execution?.AutomationExecutionStatus === 'Success',
    `${RUNBOOK} ended with ${execution?.AutomationExecutionStatus ?? 'nothing'}`,
  );
  const ingress = await world.ingressOf(groupId);
  narrator.expect(!ingress.some(({ FromPort }) => FromPort === 22), 'port 22 is closed');
  narrator.expect(
    ingress.some(({ FromPort }) => FromPort === 443),
    'port 443, which nobody complained of, is as it was',
  );
  const opsItem = await world.opsItemOf(arn);
  narrator.expect(
    opsItem?.Status === 'Resolved',
    `the OpsItem ${opsItem?.OpsItemId ?? '(missing)'} is ${opsItem?.Status ?? 'missing'}`,
  );
  narrator.step(`The OpsItem says: ${opsItem?.OperationalData?.result?.Value ?? '(nothing)'}`);
  return { groupId, arn, seenAt };
}

async function staleAndDuplicate(
  world: World,
  narrator: Narrator,
  { arn, seenAt }: GroupFinding,
): Promise<void> {
  narrator.chapter('Events come twice, late, and again: nothing is done twice');
  const counts = async () =>
    `executions: ${(await world.executions()).length}, OpsItems: ${(await world.opsItems()).length}`;
  const before = await counts();

  await world.happens({ checkName: PORTS_CHECK, resourceId: arn, detail: detailOf(arn, 'Red', seenAt) });
  narrator.step('put-events: the very same Red event once more.');
  narrator.expect((await counts()) === before, `as before: ${before}`);

  const refreshed = new Date(seenAt.getTime() + 1);
  await world.happens({ checkName: PORTS_CHECK, resourceId: arn, detail: detailOf(arn, 'Red', refreshed) });
  narrator.step('put-events: a refresh that still says Red.');
  narrator.expect((await counts()) === before, `as before: ${before}`);

  const green = new Date(seenAt.getTime() + 2);
  await world.happens({
    checkName: PORTS_CHECK,
    resourceId: arn,
    status: 'OK',
    detail: detailOf(arn, 'Green', green),
  });
  narrator.step('put-events: Trusted Advisor looks again and says Green.');
  await world.happens({ checkName: PORTS_CHECK, resourceId: arn, detail: detailOf(arn, 'Red', refreshed) });
  narrator.step('put-events: a Red event from before that Green arrives late.');
  narrator.expect((await statusOf(world, arn)) === 'Green', 'the finding stays Green');
  narrator.expect((await counts()) === before, `as before: ${before}`);
}

async function manualPath(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('Manual: no mapping, so a person mends the resource and resolves the OpsItem');
  const arn = `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:instance/i-0123456789abcdef0`;
  await world.happens({
    checkName: PUBLIC_IP_CHECK,
    resourceId: arn,
    detail: detailOf(arn, 'Red', new Date()),
  });
  narrator.step(`put-events: "${PUBLIC_IP_CHECK}" is Red.`);
  const opsItem = await world.opsItemOf(arn);
  narrator.expect(
    opsItem?.Status === 'Open',
    `the OpsItem ${opsItem?.OpsItemId ?? '(missing)'} is ${opsItem?.Status ?? 'missing'}`,
  );
  narrator.step(`It says: ${opsItem?.OperationalData?.decision?.Value ?? '(nothing)'}`);
  if (opsItem?.OpsItemId) await world.resolve(opsItem.OpsItemId);
  narrator.step('update-ops-item: somebody has taken the address away, and resolves it.');
  narrator.expect(
    (await remediationOf(world, arn))?.state === 'Resolved',
    'the remediation is over, and says who ended it',
  );
}

async function greenCloses(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('Green: whoever mended it, the OpsItem resolves by itself');
  const bucket = 'arn:aws:s3:::demo-bucket';
  const event = { checkName: VERSIONING_CHECK, resourceId: bucket };
  const detail = { 'Bucket Name': 'demo-bucket', Region: REGION, Versioning: 'Not enabled' };
  const seenAt = Date.now();
  await world.happens({
    ...event,
    status: 'WARN',
    detail: { ...detail, Status: 'Yellow' },
    time: new Date(seenAt - 60_000),
  });
  narrator.step(`put-events: "${VERSIONING_CHECK}" is Yellow.`);
  narrator.expect((await world.opsItemOf(bucket))?.Status === 'Open', 'its OpsItem is Open');
  await world.happens({
    ...event,
    status: 'OK',
    detail: { ...detail, Status: 'Green' },
    time: new Date(seenAt),
  });
  narrator.step('put-events: a later refresh is Green.');
  narrator.expect((await world.opsItemOf(bucket))?.Status === 'Resolved', 'its OpsItem is Resolved');
}

async function staysOpen(world: World, narrator: Narrator): Promise<void> {
  narrator.chapter('Sparse: an event without Status and resource_id is not lost');
  const address = '203.0.113.7';
  await world.happens({
    checkName: ELASTIC_IP_CHECK,
    status: 'WARN',
    detail: { 'IP Address': address, Region: REGION },
  });
  narrator.step(`put-events: "${ELASTIC_IP_CHECK}", with nothing but an address.`);
  narrator.expect(
    (await world.opsItemOf(address))?.Status === 'Open',
    `its OpsItem names ${address} and waits for a person`,
  );
}

function detailOf(arn: string, status: string, seenAt: Date): Record<string, string> {
  return { Status: status, Region: REGION, Resource: arn, 'Last Updated Time': seenAt.toISOString() };
}

async function statusOf(world: World, resource: string): Promise<unknown> {
  return (await world.rows('CheckTrackerTable')).find((row) => row.resource === resource)?.resourceStatus;
}

async function remediationOf(world: World, resource: string): Promise<Record<string, unknown> | undefined> {
  return (await world.rows('AutomationExecutionTrackerTable')).find((row) => row.resource === resource);
}
