import { expect, test } from 'vitest';
import type { CloudCall } from '../../local/cloud.ts';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import { bootCloud, groupArn, mappingRow } from '../helpers/cloud.ts';

const RULE = 'restricted-ssh';

function judgement(resourceId: string, complianceType: string, at: Date) {
  return {
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      resourceId,
      resourceType: 'AWS::EC2::SecurityGroup',
      awsRegion: REGION,
      awsAccountId: ACCOUNT_ID,
      configRuleName: RULE,
      newEvaluationResult: { complianceType, resultRecordedTime: at.toISOString() },
    },
  };
}

test('resolveOn verification: AWS Config is asked to look again, and its COMPLIANT resolves the OpsItem', async () => {
  const calls: CloudCall[] = [];
  await using booted = await bootCloud({ onCall: (call) => calls.push(call) });
  const { world } = booted;
  await world.call('config', 'PutConfigRule', {
    ConfigRule: {
      ConfigRuleName: RULE,
      Source: { Owner: 'AWS', SourceIdentifier: 'INCOMING_SSH_DISABLED' },
    },
  });
  const lastInvoked = async () => {
    const answer = await world.call('config', 'DescribeConfigRuleEvaluationStatus', {
      ConfigRuleNames: [RULE],
    });
    return answer.ConfigRulesEvaluationStatus[0].LastSuccessfulInvocationTime;
  };
  const row = async () => (await world.rows('AutomationExecutionTrackerTable'))[0];
  await world.putMapping(mappingRow({ checkName: RULE, resolveOn: 'verification' }));
  const groupId = await world.openGroup('verified');
  const arn = groupArn(groupId);
  expect(await lastInvoked()).toBeUndefined();

  await world.putAndWait(judgement(groupId, 'NON_COMPLIANT', new Date(Date.now() - 60_000)));
  expect((await world.ingressOf(groupId)).map(({ FromPort }) => FromPort)).toEqual([443]);
  expect(await row()).toMatchObject({ state: 'Verifying' });
  expect(await world.opsItemOf(arn)).toMatchObject({ Status: 'Open' });
  expect(await lastInvoked()).toBeInstanceOf(Date);
  const asked = calls.filter(({ by }) => by === 'recheck');
  expect(asked.map(({ service, operation }) => `${service}:${operation}`)).toEqual([
    'dynamodb:GetItem',
    'config:StartConfigRulesEvaluation',
  ]);

  await world.putAndWait(judgement(groupId, 'COMPLIANT', new Date()));
  expect(await row()).toMatchObject({ state: 'Verified' });
  expect(await world.opsItemOf(arn)).toMatchObject({ Status: 'Resolved' });
  expect(calls.filter(({ by }) => by === 'recheck')).toEqual(asked);
});
