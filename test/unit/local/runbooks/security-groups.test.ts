import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, ROLE, stepsThat, textAt } from './stand-in.ts';
import { TARGETS } from './targets.ts';

const WORLD = [{ CidrIp: '0.0.0.0/0' }];
const WORLD6 = [{ CidrIpv6: '::/0' }];
const OFFICE = [{ CidrIp: '203.0.113.0/24' }];
const port = (number: number, more: object = { IpRanges: WORLD }) => ({
  IpProtocol: 'tcp',
  FromPort: number,
  ToPort: number,
  ...more,
});
const NOBODY = 'sg-0123456789abcdef0';

let names = 0;

/** A security group with these ingress rules, and how its rules read afterwards. */
async function newGroup(bench: Bench, ipPermissions: readonly object[]) {
  names += 1;
  const created = await bench.call('ec2', 'CreateSecurityGroup', {
    GroupName: `runbooks-${names}`,
    Description: 'for a test',
  });
  const id = textAt(created, 'GroupId');
  if (ipPermissions.length > 0) {
    await bench.call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: id, IpPermissions: ipPermissions });
  }
  const rules = async () => {
    const { SecurityGroupRules: list } = await bench.call('ec2', 'DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [id] }],
    });
    return (list as Record<string, unknown>[])
      .map((rule) => {
        const ports = rule.IpProtocol === '-1' ? '' : `:${rule.FromPort}-${rule.ToPort}`;
        return `${rule.IsEgress ? 'out' : 'in'} ${rule.CidrIpv4 ?? rule.CidrIpv6} ${rule.IpProtocol}${ports}`;
      })
      .sort();
  };
  return { id, rules };
}

const EGRESS = 'out 0.0.0.0/0 -1';

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(target.name, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    describe('AWS-DisableIncomingSSHOnPort22', () => {
      const name = 'AWS-DisableIncomingSSHOnPort22';

      it.each<[string, object]>([
        ['IPv4', port(22)],
        ['IPv6', port(22, { Ipv6Ranges: WORLD6 })],
        ['a range', { IpProtocol: 'tcp', FromPort: 20, ToPort: 25, IpRanges: WORLD }],
        ['all traffic', { IpProtocol: '-1', IpRanges: WORLD }],
      ])('takes away what opens port 22 by %s, and says of which group', async (_name, open) => {
        const kept = [port(443), port(22, { IpRanges: OFFICE }), port(21), port(23)];
        const group = await newGroup(bench, [open, ...kept]);
        const execution = await bench.run(name, { SecurityGroupIds: [group.id] });
        expect(execution.AutomationExecutionStatus).toBe('Success');
        expect(await group.rules()).toEqual(
          [
            'in 0.0.0.0/0 tcp:21-21',
            'in 0.0.0.0/0 tcp:23-23',
            'in 0.0.0.0/0 tcp:443-443',
            'in 203.0.113.0/24 tcp:22-22',
            EGRESS,
          ].sort(),
        );
        expect(execution.Outputs).toEqual({
          'DisableIncomingSSHTemplate.RestrictedSecurityGroupIds': [group.id],
        });
      });

      it('leaves UDP alone, and a group that is closed, and does nothing the second time', async () => {
        const group = await newGroup(bench, [{ ...port(22), IpProtocol: 'udp' }]);
        for (const _time of ['first', 'second']) {
          const execution = await bench.run(name, { SecurityGroupIds: [group.id] });
          expect(execution.AutomationExecutionStatus).toBe('Success');
          expect(stepsThat(execution, 'Success')).not.toContain('RevokeOpenRules');
          expect(execution.Outputs['DisableIncomingSSHTemplate.RestrictedSecurityGroupIds']).toEqual([]);
        }
        expect(await group.rules()).toEqual(['in 0.0.0.0/0 udp:22-22', EGRESS]);
      });

      it('takes groups separated by commas, and no other', async () => {
        const [one, two, other] = [
          await newGroup(bench, [port(22)]),
          await newGroup(bench, [port(22)]),
          await newGroup(bench, [port(22)]),
        ];
        const execution = await bench.run(name, { SecurityGroupIds: [`${one.id}, ${two.id}`] });
        expect(execution.AutomationExecutionStatus).toBe('Success');
        expect([await one.rules(), await two.rules()]).toEqual([[EGRESS], [EGRESS]]);
        expect(await other.rules()).toContain('in 0.0.0.0/0 tcp:22-22');
      });

      it('fails for a group that is not there', async () => {
        const execution = await bench.run(name, { SecurityGroupIds: [NOBODY] });
        expect(execution.AutomationExecutionStatus).toBe('Failed');
        expect(execution.FailureMessage).toContain('InvalidGroup.NotFound');
      });

      it('refuses a text that would reach into the selector', async () => {
        await expect(
          bench.run(name, { SecurityGroupIds: ["sg-1', @.GroupId) || true"] }),
        ).rejects.toMatchObject({
          code: 'InvalidAutomationExecutionParametersException',
        });
      });
    });

    describe('AWS-CloseSecurityGroup', () => {
      it('takes away every rule, and has nothing to do the second time', async () => {
        const group = await newGroup(bench, [port(22), port(443, { IpRanges: OFFICE, Ipv6Ranges: WORLD6 })]);
        const first = await bench.run('AWS-CloseSecurityGroup', { SecurityGroupId: [group.id] });
        expect(first.AutomationExecutionStatus).toBe('Success');
        expect(await group.rules()).toEqual([]);
        const second = await bench.run('AWS-CloseSecurityGroup', { SecurityGroupId: [group.id] });
        expect(second.AutomationExecutionStatus).toBe('Success');
        expect(stepsThat(second, 'Pending')).toEqual(['RevokeIngress', 'RevokeEgress']);
      });

      it('fails for a group that is not there', async () => {
        const execution = await bench.run('AWS-CloseSecurityGroup', { SecurityGroupId: [NOBODY] });
        expect(execution.FailureMessage).toContain('InvalidGroup.NotFound');
      });
    });

    describe('AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules', () => {
      const run = (id: string) =>
        bench.run('AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules', {
          SecurityGroupId: [id],
          AutomationAssumeRole: [ROLE],
        });

      it('takes away what lets in the world, whatever the port', async () => {
        const group = await newGroup(bench, [
          port(443),
          port(53, { Ipv6Ranges: WORLD6 }),
          port(22, { IpRanges: OFFICE }),
        ]);
        expect((await run(group.id)).AutomationExecutionStatus).toBe('Success');
        expect(await group.rules()).toEqual(['in 203.0.113.0/24 tcp:22-22', EGRESS]);
        const again = await run(group.id);
        expect(again.AutomationExecutionStatus).toBe('Success');
        expect(again.Outputs).toEqual({ 'FindUnrestrictedRules.RuleIds': [] });
      });

      it('fails where a rule stays, and for a group that is not there', async () => {
        const group = await newGroup(bench, [port(443)]);
        bench.answers.set('ec2:RevokeSecurityGroupIngress', () => ({ Return: true }));
        const execution = await run(group.id);
        bench.answers.clear();
        expect(stepsThat(execution, 'Failed')).toEqual(['VerifyNoneIsLeft']);
        expect((await run(NOBODY)).FailureMessage).toContain('InvalidGroup.NotFound');
      });

      it('needs its role', async () => {
        await expect(
          bench.run('AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules', {
            SecurityGroupId: [NOBODY],
          }),
        ).rejects.toThrow(/Missing required parameters: \[AutomationAssumeRole\]/);
      });
    });
  });
}
