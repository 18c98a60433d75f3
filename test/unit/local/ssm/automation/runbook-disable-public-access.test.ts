import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack, stepsOf } from './support.ts';

const withRunbooks = (answers: Parameters<typeof automationStack>[0]) =>
  automationStack(answers, undefined, {});

interface Rule {
  readonly id: string;
  readonly protocol?: string;
  readonly ports?: readonly [number, number];
  readonly cidr?: string;
  readonly egress?: boolean;
}

/** A security group that knows only what the runbook asks of EC2. */
function securityGroup(initial: readonly Rule[]) {
  let rules = [...initial];
  const range = ({ protocol = 'tcp', ports }: Rule) => ({
    IpProtocol: protocol,
    ...(protocol === '-1' ? {} : { FromPort: ports?.[0] ?? 22, ToPort: ports?.[1] ?? 22 }),
  });
  const isV6 = (rule: Rule) => (rule.cidr ?? '').includes(':');
  const answers = {
    DescribeSecurityGroupRules: () => ({
      SecurityGroupRules: rules.map((rule) => ({
        SecurityGroupRuleId: rule.id,
        GroupId: 'sg-1',
        IsEgress: rule.egress ?? false,
        FromPort: -1,
        ToPort: -1,
        ...range(rule),
        ...(isV6(rule) ? { CidrIpv6: rule.cidr } : { CidrIpv4: rule.cidr ?? '0.0.0.0/0' }),
      })),
    }),
    RevokeSecurityGroupIngress: (input: JsonObject) => {
      const ids = input.SecurityGroupRuleIds as string[];
      if (ids.some((id) => !rules.some((rule) => rule.id === id))) {
        throw new AwsError('InvalidSecurityGroupRuleId.NotFound', 'gone');
      }
      rules = rules.filter((rule) => !ids.includes(rule.id));
      return { Return: true };
    },
    DescribeSecurityGroups: () => ({
      SecurityGroups: [
        {
          GroupId: 'sg-1',
          IpPermissions: rules
            .filter((rule) => !rule.egress)
            .map((rule) => ({
              ...range(rule),
              IpRanges: isV6(rule) ? [] : [{ CidrIp: rule.cidr ?? '0.0.0.0/0' }],
              Ipv6Ranges: isV6(rule) ? [{ CidrIpv6: rule.cidr }] : [],
            })),
        },
      ],
    }),
  };
  return { answers, left: () => rules.map((rule) => rule.id) };
}

async function remediate(rules: readonly Rule[], parameters: JsonObject = {}) {
  const group = securityGroup(rules);
  const stack = withRunbooks(group.answers);
  const id = stack.start('AWS-DisablePublicAccessForSecurityGroup', { GroupId: ['sg-1'], ...parameters });
  await stack.automation.idle();
  return { execution: stack.get(id), left: group.left(), stack };
}

const KEPT: readonly Rule[] = [
  { id: 'https', ports: [443, 443] },
  { id: 'office-ssh', cidr: '203.0.113.0/24' },
  { id: 'egress', protocol: '-1', egress: true },
  { id: 'ping', protocol: 'icmp', ports: [-1, -1] },
  { id: 'below', ports: [0, 21] },
  { id: 'between', ports: [23, 3388] },
  { id: 'above', ports: [3390, 65535] },
];

describe('AWS-DisablePublicAccessForSecurityGroup', () => {
  it.each<[string, Rule]>([
    ['SSH from anywhere', { id: 'open' }],
    ['SSH from anywhere, IPv6', { id: 'open', cidr: '::/0' }],
    ['RDP from anywhere', { id: 'open', ports: [3389, 3389] }],
    ['RDP over UDP, IPv6', { id: 'open', protocol: 'udp', ports: [3389, 3389], cidr: '::/0' }],
    ['all traffic', { id: 'open', protocol: '-1' }],
    ['all traffic, IPv6', { id: 'open', protocol: '-1', cidr: '::/0' }],
    ['all ports', { id: 'open', ports: [0, 65535] }],
    ['a range around 22', { id: 'open', ports: [20, 25] }],
  ])('closes %s, and leaves the other rules', async (_name, open) => {
    const { execution, left } = await remediate([...KEPT, open]);
    expect(execution.AutomationExecutionStatus).toBe('Success');
    expect(left).toEqual(KEPT.map((rule) => rule.id));
    expect(execution.Outputs).toEqual({ 'FindOpenRules.RuleIds': ['open'] });
  });

  it('closes many patterns in one call, with three API calls in all', async () => {
    const { execution, left, stack } = await remediate([
      { id: 'a' },
      { id: 'b', cidr: '::/0' },
      { id: 'c', protocol: '-1' },
    ]);
    expect(left).toEqual([]);
    expect(stepsOf(execution)).toBe(
      'FindOpenRules=Success BranchOnOpenRules=Success RevokeOpenRules=Success VerifyNothingIsOpen=Success',
    );
    expect(stack.account.calls).toHaveLength(3);
  });

  it('succeeds without revoking where nothing is open', async () => {
    const { execution } = await remediate(KEPT);
    expect(execution.AutomationExecutionStatus).toBe('Success');
    expect(stepsOf(execution)).toContain('RevokeOpenRules=Pending');
  });

  it('removes the rules of IpAddressToBlock only, where it is given', async () => {
    const { execution, left } = await remediate(
      [
        { id: 'world' },
        { id: 'one', cidr: '198.51.100.7/32' },
        { id: 'web', cidr: '198.51.100.7/32', ports: [443, 443] },
      ],
      { IpAddressToBlock: ['198.51.100.7/32'] },
    );
    expect(execution.AutomationExecutionStatus).toBe('Success');
    expect(left).toEqual(['world', 'web']);
  });

  it('refuses an address that would reach into the selector', async () => {
    await expect(remediate([], { IpAddressToBlock: ["' || true || '"] })).rejects.toMatchObject({
      code: 'InvalidAutomationExecutionParametersException',
    });
  });

  it('tolerates a rule that someone else removed meanwhile', async () => {
    const group = securityGroup([]);
    const stack = withRunbooks({
      ...group.answers,
      DescribeSecurityGroupRules: () => securityGroup([{ id: 'gone' }]).answers.DescribeSecurityGroupRules(),
    });
    const id = stack.start('AWS-DisablePublicAccessForSecurityGroup', { GroupId: ['sg-1'] });
    await stack.automation.idle();
    expect(stepsOf(stack.get(id))).toContain('RevokeOpenRules=Failed VerifyNothingIsOpen=Success');
    expect(stack.get(id).AutomationExecutionStatus).toBe('Success');
  });

  it('fails where a rule stays open', async () => {
    const group = securityGroup([{ id: 'stays' }]);
    const stack = withRunbooks({ ...group.answers, RevokeSecurityGroupIngress: () => ({ Return: true }) });
    const id = stack.start('AWS-DisablePublicAccessForSecurityGroup', { GroupId: ['sg-1'] });
    await stack.automation.idle();
    expect(stack.get(id).AutomationExecutionStatus).toBe('Failed');
    expect(stack.get(id).FailureMessage).toMatch(/not in the desired values/);
  });

  it('fails for a group that does not exist', async () => {
    const stack = withRunbooks({
      DescribeSecurityGroupRules: () => ({ SecurityGroupRules: [] }),
      DescribeSecurityGroups: () => {
        throw new AwsError('InvalidGroup.NotFound', "The security group 'sg-1' does not exist");
      },
    });
    const id = stack.start('AWS-DisablePublicAccessForSecurityGroup', { GroupId: ['sg-1'] });
    await stack.automation.idle();
    expect(stack.get(id)).toMatchObject({
      AutomationExecutionStatus: 'Failed',
      FailureMessage:
        "Step fails when it is Execute/Cancelling action. An error occurred (InvalidGroup.NotFound) when calling the DescribeSecurityGroups operation: The security group 'sg-1' does not exist. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.",
    });
  });
});
