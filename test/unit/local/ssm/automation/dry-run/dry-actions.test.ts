import { describe, expect, test } from 'vitest';
import type { Account, AccountCall } from '../../../../../../local/account/account.ts';
import { createMemoryAccount } from '../../../../../../local/account/memory/memory-account.ts';
import { AwsError } from '../../../../../../local/aws-error.ts';
import { EXAMPLE_ACCOUNT, EXAMPLE_GROUP } from '../../../../../../local/example.ts';
import { randomIds } from '../../../../../../local/ids.ts';
import type { JsonObject } from '../../../../../../local/service.ts';
import { ACTIONS } from '../../../../../../local/ssm/automation/actions/registry.ts';
import { dryActions } from '../../../../../../local/ssm/automation/dry-run/dry-actions.ts';
import { Journal } from '../../../../../../local/ssm/automation/dry-run/journal.ts';
import { automationStack, JumpingClock } from '../support.ts';

type Answers = Record<string, (input: JsonObject) => unknown>;

/** Runs steps (YAML, unindented, below `mainSteps:`) dry, with an account that answers so. */
async function dryRun(steps: string, answers: Answers = {}, head = '') {
  const journal = new Journal();
  const clock = new JumpingClock();
  const startedAt = clock.now().getTime();
  const stack = automationStack(answers, clock, { actions: dryActions(ACTIONS, journal) });
  const execution = await stack.run(`schemaVersion: '0.3'\n${head}\nmainSteps:\n${steps}`);
  const told = journal.entries.map((entry) => {
    switch (entry.kind) {
      case 'change':
      case 'read':
        return `${entry.step} ${entry.kind} ${entry.service}:${entry.operation} ${JSON.stringify(entry.input)}`;
      case 'skipped':
        return `${entry.step} skipped ${entry.what}`;
      default:
        return `${entry.step} ${entry.kind} ${entry.text}`;
    }
  });
  return {
    execution,
    status: execution.AutomationExecutionStatus,
    journal,
    told,
    called: stack.account.calls.map(({ operation }) => operation),
    passedMs: clock.now().getTime() - startedAt,
    stack,
  };
}

const CREATE = `
- name: Create
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: CreateSecurityGroup, GroupName: fresh }
  outputs: [{ Name: GroupId, Selector: $.GroupId }, { Name: Ids, Selector: $.Ids, Type: StringList }, { Name: Size, Selector: $.Size, Type: Integer }]
`;

describe('a dry run', () => {
  test('reads, and gives what it read to the call that it only lists', async () => {
    const { told, called, status } = await dryRun(
      `
- name: Find
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: describe_instances, Filters: [{ Name: tag:x, Values: [y] }] }
  outputs: [{ Name: Ids, Selector: '$.Reservations..InstanceId', Type: StringList }]
- name: Stop
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: StopInstances, InstanceIds: '{{ Find.Ids }}' }
`,
      { DescribeInstances: () => ({ Reservations: [{ Instances: [{ InstanceId: 'i-1' }] }] }) },
    );
    expect(told).toEqual([
      'Find read ec2:DescribeInstances {"Filters":[{"Name":"tag:x","Values":["y"]}]}',
      'Stop change ec2:StopInstances {"InstanceIds":["i-1"]}',
    ]);
    expect(called).toEqual(['DescribeInstances']);
    expect(status).toBe('Success');
  });

  test('has placeholders for what only a change would give, and reads nothing by them', async () => {
    const { told, called, status } = await dryRun(`${CREATE}
- name: Look
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: DescribeSecurityGroups, GroupIds: ['{{ Create.GroupId }}'] }
  outputs: [{ Name: Vpc, Selector: '$.SecurityGroups[0].VpcId' }]
- name: Use
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: CreateTags, Resources: '{{ Create.Ids }}', Text: 'in {{ Look.Vpc }}, {{ Create.OutputPayload.Return }}' }
`);
    expect(told).toEqual([
      'Create change ec2:CreateSecurityGroup {"GroupName":"fresh"}',
      'Look skipped read ec2:DescribeSecurityGroups',
      'Use change ec2:CreateTags {"Resources":["<Create.Ids>"],"Text":"in <Look.Vpc>, <Create.OutputPayload.Return>"}',
    ]);
    expect(called).toEqual([]);
    expect(status).toBe('Success');
  });

  const ASSERT = `
- name: Check
  action: aws:assertAwsResourceProperty
  maxAttempts: 5
  inputs: { Service: ec2, Api: DescribeImages, PropertySelector: '$.State', DesiredValues: [available] }
`;
  const PENDING: Answers = { DescribeImages: () => ({ State: 'pending' }) };

  test('fails at an assertion that no change of its own could bring about, at once', async () => {
    const { told, called, status, execution } = await dryRun(ASSERT, PENDING);
    expect(status).toBe('Failed');
    expect(execution.FailureMessage).toContain("Property value 'pending'");
    expect(told[1]).toMatch(/^Check failure Property value 'pending' from the API output.*\$\.State$/);
    expect(called).toEqual(['DescribeImages']);
  });

  test('notes an assertion that a change before it may bring about', async () => {
    const { told, called, status } = await dryRun(`${CREATE}${ASSERT}`, PENDING);
    expect(told.slice(1)).toEqual([
      'Check read ec2:DescribeImages {}',
      expect.stringMatching(
        /^Check note can't be told, for the changes above were not made: Property value 'pending'/,
      ),
    ]);
    expect(called).toEqual(['DescribeImages']);
    expect(status).toBe('Success');
  });

  test('asks once where a step waits, and lets no time pass', async () => {
    const { told, called, status, passedMs } = await dryRun(
      ASSERT.replace('assertAws', 'waitForAws').replace('maxAttempts: 5', 'timeoutSeconds: 60'),
      PENDING,
    );
    expect(told).toEqual([
      'Check read ec2:DescribeImages {}',
      'Check note would wait: it is not yet as the step wants it',
    ]);
    expect(called).toEqual(['DescribeImages']);
    expect(passedMs).toBe(0);
    expect(status).toBe('Success');
  });

  test('a read that is refused fails as it would, but for one that a change may mend; a refusal of rights never is', async () => {
    const read = `
- name: Read
  action: aws:executeAwsApi
  inputs: { Service: s3, Api: GetBucketPolicy, Bucket: b }
`;
    const refusing = (code: string): Answers => ({
      GetBucketPolicy: () => {
        throw new AwsError(code, 'no');
      },
    });
    expect((await dryRun(read, refusing('NoSuchBucket'))).status).toBe('Failed');
    expect((await dryRun(`${CREATE}${read}`, refusing('NoSuchBucket'))).status).toBe('Success');
    expect((await dryRun(`${CREATE}${read}`, refusing('AccessDenied'))).status).toBe('Failed');
    expect((await dryRun(`${CREATE}${read}`, refusing('MissingPackage'))).status).toBe('Failed');
  });

  test('an output that is not there yet is a note and a placeholder after a change', async () => {
    const read = `
- name: Read
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: DescribeVpcs }
  outputs: [{ Name: Vpc, Selector: '$.Vpcs[0].VpcId' }]
- name: Use
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: DeleteVpc, VpcId: '{{ Read.Vpc }}' }
`;
    const none: Answers = { DescribeVpcs: () => ({ Vpcs: [] }) };
    const { told, status } = await dryRun(`${CREATE}${read}`, none);
    expect(told.at(-2)).toMatch(/^Read note .*for the changes above were not made/);
    expect(told.at(-1)).toBe('Use change ec2:DeleteVpc {"VpcId":"<Read.Vpc>"}');
    expect(status).toBe('Success');
  });

  test.each([
    ['{ name: Before, action: aws:sleep, inputs: { Duration: PT1S } }', 'Failed'],
    [
      "{ name: Before, action: aws:executeScript, inputs: { Runtime: python3.11, Handler: h, Script: 'def h(e, c): pass' } }",
      'Failed',
    ],
    [
      "{ name: Before, action: aws:executeScript, inputs: { Runtime: python3.11, Handler: h, Script: 'import boto3' } }",
      'Success',
    ],
    ['{ name: Before, action: aws:invokeWebhook, inputs: { IntegrationName: n } }', 'Success'],
  ])('after %s an assertion that does not hold is %s', async (before, expected) => {
    expect((await dryRun(`\n- ${before}${ASSERT}`, PENDING)).status).toBe(expected);
  });

  test.each([
    ['x.zip', 'Failed', /^Script failure .*has no attachment x\.zip/],
    ['../x.zip', 'Failed', /^Script failure .*\.\.\/x\.zip is not the name of a file/],
    ['{{ Create.GroupId }}', 'Success', /^Script note can't be told, for it depends on <Create\.GroupId>/],
  ])('finds that a script is not attached: %s', async (attachment, expected, last) => {
    const inputs = `{ Runtime: python3.11, Handler: a.h, Attachment: '${attachment}' }`;
    const steps = `${CREATE}\n- { name: Script, action: 'aws:executeScript', inputs: ${inputs} }\n`;
    const { told, status } = await dryRun(steps);
    expect(told.slice(1)).toEqual(['Script skipped run a script', expect.stringMatching(last)]);
    expect(status).toBe(expected);
  });

  test('lists and skips what waits for people or time, scripts and webhooks', async () => {
    const { told, called, status, passedMs } = await dryRun(`
- { name: Ask, action: 'aws:approve', inputs: { Approvers: [me], NotificationArn: 'arn:aws:sns:us-east-1:1:t' } }
- { name: Rest, action: 'aws:pause', inputs: {} }
- { name: Nap, action: 'aws:sleep', inputs: { Duration: PT1H } }
- name: Script
  action: aws:executeScript
  inputs: { Runtime: python3.11, Handler: h, Script: 'def h(e, c): return {"a": "{{ Ask.ApprovalStatus }}"}' }
- { name: Hook, action: 'aws:invokeWebhook', inputs: { IntegrationName: n } }
- { name: Use, action: 'aws:executeAwsApi', inputs: { Service: sqs, Api: SendMessage, MessageBody: '{{ Script.Payload.a }}' } }
`);
    expect(told).toEqual([
      'Ask skipped wait for approval',
      'Rest skipped pause until resumed',
      'Nap skipped sleep',
      'Script skipped run a script',
      'Hook skipped call a webhook',
      'Use change sqs:SendMessage {"MessageBody":"<Script.Payload.a>"}',
    ]);
    expect(called).toEqual([]);
    expect(passedMs).toBe(0);
    expect(status).toBe('Success');
  });

  test('lists the calls of actions that make several, as far as they need no answer', async () => {
    const { told, called, status } = await dryRun(
      `
- { name: Tag, action: 'aws:createTags', inputs: { ResourceIds: [i-1], Tags: [{ Key: a, Value: b }] } }
- { name: Stop, action: 'aws:changeInstanceState', inputs: { InstanceIds: [i-1], DesiredState: stopped } }
- { name: Send, action: 'aws:runCommand', inputs: { DocumentName: AWS-RunShellScript, InstanceIds: [i-1] } }
- { name: Image, action: 'aws:deleteImage', inputs: { ImageId: ami-1 } }
- { name: Wrong, action: 'aws:createTags', onFailure: Continue, inputs: { ResourceIds: [i-1], Tags: [x] } }
`,
      {
        DescribeImages: () => ({ Images: [{ BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }] }] }),
      },
    );
    expect(told).toEqual([
      'Tag change ec2:CreateTags {"Resources":["i-1"],"Tags":[{"Key":"a","Value":"b"}]}',
      'Stop change ec2:StopInstances {"InstanceIds":["i-1"]}',
      'Send change ssm:SendCommand {"DocumentName":"AWS-RunShellScript","InstanceIds":["i-1"]}',
      'Image read ec2:DescribeImages {"ImageIds":["ami-1"]}',
      'Image change ec2:DeregisterImage {"ImageId":"ami-1"}',
      'Image change ec2:DeleteSnapshot {"SnapshotId":"snap-1"}',
      expect.stringMatching(/^Wrong failure .*Tags/),
    ]);
    expect(called).toEqual(['DescribeImages']);
    expect(status).toBe('Success');
  });

  test('decides branches that can be decided, and says which way it shows where they can not', async () => {
    const branch = (variable: string, fallback: string) => `${CREATE}
- name: Choose
  action: aws:branch
  inputs:
    Choices: [{ NextStep: Big, Variable: '${variable}', NumericGreater: 5 }, { NextStep: Small, Variable: '${variable}', NumericLesserOrEquals: 5 }]
    ${fallback}
- { name: Small, action: 'aws:executeAwsApi', inputs: { Service: ec2, Api: SmallCall }, isEnd: true }
- { name: Big, action: 'aws:executeAwsApi', inputs: { Service: ec2, Api: BigCall }, isEnd: true }
`;
    expect((await dryRun(branch('7', ''))).told.at(-1)).toBe('Big change ec2:BigCall {}');
    expect((await dryRun(branch('{{ Create.Size }}', 'Default: Small'))).told.slice(1)).toEqual([
      'Choose note the way on (Big or Small) depends on <Create.Size>; shown is Small',
      'Small change ec2:SmallCall {}',
    ]);
    expect((await dryRun(branch('{{ Create.Size }}', ''))).told.at(-1)).toBe('Big change ec2:BigCall {}');
  });

  test('goes through loops, once where only a condition would end them, and sets variables', async () => {
    const { told, status } = await dryRun(
      `${CREATE}
- { name: Set, action: 'aws:updateVariable', inputs: { Name: 'variable:Left', Value: '{{ Create.Size }}' } }
- name: Each
  action: aws:loop
  inputs:
    Iterators: [a, b]
    Steps: [{ name: Tag, action: 'aws:executeAwsApi', inputs: { Service: ec2, Api: CreateTags, V: '{{ Each.CurrentIteratorValue }}' } }]
- name: While
  action: aws:loop
  inputs:
    LoopCondition: { Variable: '{{ variable:Left }}', NumericGreater: 0 }
    Steps: [{ name: Drain, action: 'aws:executeAwsApi', inputs: { Service: ec2, Api: DrainSome } }]
`,
      {},
      'variables: { Left: { type: Integer, default: 3 } }',
    );
    expect(told).toEqual([
      'Create change ec2:CreateSecurityGroup {"GroupName":"fresh"}',
      expect.stringMatching(/^Set note can't be told, for it depends on <Create.Size>/),
      'Tag change ec2:CreateTags {"V":"a"}',
      'Tag change ec2:CreateTags {"V":"b"}',
      'Drain change ec2:DrainSome {}',
      expect.stringMatching(/^While note can't be told, for it depends on <Create.Size>/),
    ]);
    expect(status).toBe('Success');
  });

  test('goes through a loop once for values that only a real run knows', async () => {
    const { told, status } = await dryRun(`
- name: Script
  action: aws:executeScript
  inputs: { Runtime: python3.11, Handler: h, Script: 'def h(e, c): return 1' }
  outputs: [{ Name: Tags, Selector: $.Payload.tags, Type: MapList }]
- name: Each
  action: aws:loop
  inputs:
    Iterators: '{{ Script.Tags }}'
    IteratorDataType: StringMap
    Steps:
      - { name: Tag, action: 'aws:createTags', inputs: { ResourceIds: [i-1], Tags: [{ Key: '{{ Each.CurrentIteratorValue.Key }}', Value: '{{ loop.CurrentIteratorValue.Value }}' }] } }
`);
    expect(told).toEqual([
      'Script skipped run a script',
      'Tag change ec2:CreateTags {"Resources":["i-1"],"Tags":[{"Key":"<Each.CurrentIteratorValue.Key>","Value":"<Each.CurrentIteratorValue.Value>"}]}',
    ]);
    expect(status).toBe('Success');
  });

  test('goes into other runbooks', async () => {
    const { journal, status, called } = await dryRun(
      `
- name: Close
  action: aws:executeAutomation
  inputs: { DocumentName: AWS-DisablePublicAccessForSecurityGroup, RuntimeParameters: { GroupId: [sg-1] } }
`,
      {
        DescribeSecurityGroupRules: () => ({
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: 'sgr-1',
              IsEgress: false,
              IpProtocol: 'tcp',
              FromPort: 22,
              ToPort: 22,
              CidrIpv4: '0.0.0.0/0',
            },
          ],
        }),
        DescribeSecurityGroups: () => ({ SecurityGroups: [] }),
      },
    );
    expect(journal.entries.filter(({ kind }) => kind === 'change')).toEqual([
      {
        kind: 'change',
        document: 'AWS-DisablePublicAccessForSecurityGroup',
        step: 'RevokeOpenRules',
        action: 'aws:executeAwsApi',
        service: 'ec2',
        operation: 'RevokeSecurityGroupIngress',
        input: { GroupId: 'sg-1', SecurityGroupRuleIds: ['sgr-1'] },
      },
    ]);
    expect(called.every((operation) => operation.startsWith('Describe'))).toBe(true);
    expect(status).toBe('Success');
  });
});

test('a dry run leaves the account as it was, and sends it nothing but reads', async () => {
  const clock = new JumpingClock();
  const memory = createMemoryAccount({ clock, ids: randomIds, accountId: '123456789012' });
  memory.seed(EXAMPLE_ACCOUNT);
  const calls: string[] = [];
  const account: Account = {
    ...memory,
    call: (call: AccountCall) => {
      calls.push(call.operation);
      return memory.call(call);
    },
  };
  const look = () =>
    Promise.all(
      ['DescribeSecurityGroups', 'DescribeSecurityGroupRules', 'DescribeTags', 'DescribeInstances'].map(
        (operation) => memory.call({ service: 'ec2', operation, input: {}, region: 'us-east-1' }),
      ),
    );
  const before = await look();
  const journal = new Journal();
  const stack = automationStack({}, clock, { account, actions: dryActions(ACTIONS, journal) });
  const id = stack.start('AWS-DisablePublicAccessForSecurityGroup', { GroupId: [EXAMPLE_GROUP] });
  await stack.automation.idle();
  expect(stack.get(id).AutomationExecutionStatus).toBe('Success');
  expect(journal.entries.filter(({ kind }) => kind === 'change')).toHaveLength(1);
  expect(calls).toEqual(['DescribeSecurityGroupRules', 'DescribeSecurityGroups']);
  expect(await look()).toEqual(before);
});
