import { GetAutomationExecutionCommand, UpdateOpsItemCommand } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { packFile } from '../../cli/mappings/load.ts';
import { type Row, readMappingsFile } from '../../cli/mappings/mappings-file.ts';
import { exampleValues, fillParameters } from '../../cli/mappings/pack-parameters.ts';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import { cli } from '../helpers/cli.ts';
import { type BootedCloud, bootCloud } from '../helpers/cloud.ts';
import { dynoxideMissing } from '../helpers/local-dynamodb.ts';

const INSTANCE = 'i-0123456789abcdef0';
const ROLE = 'AROAJKLMNOPQRSTUVWXYZ';
const OF_SYSTEMS_MANAGER = 'AWS::SSM::ManagedInstanceInventory';

/** Each rule, what it evaluates, and what its runbook has to be told besides its role. */
const RULES = (group: string): readonly (readonly [string, string, string, object])[] => [
  [
    'ec2-managedinstance-patch-compliance-status-check',
    'AWS::SSM::PatchCompliance',
    INSTANCE,
    { InstanceId: [INSTANCE], RebootOption: ['NoReboot'] },
  ],
  [
    'ec2-instance-managed-by-systems-manager',
    'AWS::EC2::Instance',
    INSTANCE,
    { InstanceId: [INSTANCE], InstanceProfileName: ['remediator-managed-instance'] },
  ],
  [
    'ec2-managedinstance-applications-required',
    OF_SYSTEMS_MANAGER,
    INSTANCE,
    { InstanceId: [INSTANCE], PackageName: ['AmazonCloudWatchAgent'] },
  ],
  [
    'ec2-managedinstance-applications-blacklisted',
    OF_SYSTEMS_MANAGER,
    INSTANCE,
    { InstanceId: [INSTANCE], ApplicationName: ['telnetd'] },
  ],
  [
    'iam-role-managed-policy-check',
    'AWS::IAM::Role',
    ROLE,
    { Role: [ROLE], PolicyArn: ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'] },
  ],
  [
    'ec2-managedinstance-association-compliance-status-check',
    'AWS::SSM::AssociationCompliance',
    INSTANCE,
    { InstanceId: [INSTANCE] },
  ],
  [
    'required-tags',
    'AWS::EC2::SecurityGroup',
    group,
    {
      ResourceId: [group],
      ResourceType: ['AWS::EC2::SecurityGroup'],
      RequiredTags: ['{"Owner":"unknown"}'],
    },
  ],
  ['restricted-common-ports', 'AWS::EC2::SecurityGroup', group, { GroupId: [group] }],
];

/** What AWS Config sends when a rule turns NON_COMPLIANT. */
function turnsRed(
  { world }: BootedCloud,
  rule: string,
  [resourceType, resourceId]: readonly [string, string],
) {
  const result = {
    complianceType: 'NON_COMPLIANT',
    resultRecordedTime: new Date().toISOString(),
    evaluationResultIdentifier: { orderingTimestamp: new Date().toISOString() },
  };
  return world.putAndWait({
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      configRuleName: rule,
      resourceType,
      resourceId,
      awsAccountId: ACCOUNT_ID,
      awsRegion: REGION,
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: result,
    },
  });
}

test.skipIf(dynoxideMissing)(
  'use case 5: the pack is installed, its rules turn Red, and after a yes each runbook is started with what it takes',
  { timeout: 120_000 },
  async () => {
    await using booted = await bootCloud();
    const { world, clients, cloud } = booted;
    const { rows, parameters } = await readMappingsFile(packFile('essential-eight-theme-3'));
    const values = exampleValues(parameters);
    const said = [...values].flatMap(([name, value]) => ['--param', `${name}=${value}`]);
    const there = ['--endpoint-url', cloud.url];
    const installed = await cli([
      'mappings',
      'install',
      'essential-eight-theme-3',
      '--yes',
      ...said,
      ...there,
    ]);
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout).toContain('8 rows: 8 to add');

    const group = await world.openGroup('essential-eight');
    for (const [rule, type, id] of RULES(group)) await turnsRed(booted, rule, [type, id]);
    const attempts = await world.rows('AutomationExecutionTrackerTable');
    const waiting = attempts.filter(({ state }) => state === 'AwaitingApproval');
    expect(waiting.map(({ checkName }) => checkName).sort()).toEqual(
      RULES(group)
        .map(([rule]) => rule)
        .filter((rule) => rule !== 'required-tags')
        .sort(),
    );
    const OperationalData = { answer: { Type: 'String', Value: 'approve' } } as const;
    for (const { opsItemId } of waiting)
      await clients.ssm.send(new UpdateOpsItemCommand({ OpsItemId: String(opsItemId), OperationalData }));
    await cloud.idle();

    const started = new Map<string, object>();
    for (const { AutomationExecutionId } of await world.executions()) {
      const { AutomationExecution } = await clients.ssm.send(
        new GetAutomationExecutionCommand({ AutomationExecutionId }),
      );
      started.set(AutomationExecution?.DocumentName ?? '', AutomationExecution?.Parameters ?? {});
    }
    for (const [rule, , , expected] of RULES(group)) {
      const row = fillParameters(rows.find(({ row }) => row.checkName === rule)?.row, values) as Row;
      const { AutomationAssumeRole } = row.automationParameters as Record<string, readonly string[]>;
      // An execution also shows what a parameter is by default.
      expect(started.get(String(row.ssmAutomationDocument)), rule).toMatchObject({
        ...expected,
        AutomationAssumeRole,
      });
    }
    // Two of them find what they mend: port 22 is closed, and the tag is there.
    expect((await world.ingressOf(group)).map(({ FromPort }) => FromPort)).toEqual([443]);
    expect(started.size).toBe(8);
    const { SecurityGroups } = await world.call('ec2', 'DescribeSecurityGroups', { GroupIds: [group] });
    expect(SecurityGroups[0].Tags).toEqual([{ Key: 'Owner', Value: 'unknown' }]);
  },
);
