import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../../helpers/records.ts';
import { readAll, readOne, withFinding } from '../../../helpers/source-events.ts';

const NAME = 'securityhub-custom-action-cloudtrail';
const ARN = 'arn:aws:securityhub:us-east-1:644160558196:action/custom/aws';
const failed = (changes: Readonly<Record<string, unknown>> = {}) => ({
  ...withFinding(NAME, { Compliance: { Status: 'FAILED' } }),
  ...changes,
});
const approvalOf = (event: unknown, approvalActions: readonly string[] = ['aws']) =>
  readOne(event, { approvalActions }).approval;

describe("a custom action's event", () => {
  it('is the finding as the person saw it, ordered by when it was updated', () => {
    expect(readOne(sampleEvent(NAME))).toMatchObject({
      source: 'aws.securityhub',
      checkName: 'Ensure CloudTrail log file validation is enabled (Scored)',
      resource: 'arn:aws:cloudtrail:us-east-1:644160558196:trail/skunk-trails',
      status: 'Green',
      observedAt: new Date('2019-07-11T16:13:05.556Z'),
      orderedAt: new Date('2019-07-11T16:13:05.556Z'),
    });
  });

  it('is an approval of an action that is named for it: by whom, as far as the event tells, and when', () => {
    expect(approvalOf(failed())).toEqual({
      by: `Whoever pressed Security Hub's custom action "Ec2 aws" (${ARN})`,
      at: '2019-07-11T17:35:56.000Z',
    });
    const elsewhere = failed({ resources: [ARN.replace('644160558196', '111111111111')] });
    for (const event of [failed(), elsewhere]) expect(approvalOf(event, ['Other', '*'])).toBeDefined();
  });

  it('with several findings approves each of them', () => {
    const findings = readAll(withFinding(NAME, { Id: 'one' }, { Id: 'two' }), { approvalActions: ['aws'] });
    expect(findings.map(({ sourceFindingId, approval }) => [sourceFindingId, approval?.at])).toEqual([
      ['one', '2019-07-11T17:35:56.000Z'],
      ['two', '2019-07-11T17:35:56.000Z'],
    ]);
  });

  it.each([
    ['an action that is not named for it', failed(), ['Remediate']],
    ['nothing named', failed(), []],
    ['a test event, which anybody may put', failed({ source: 'awsmock.securityhub' }), ['*']],
    ['no action', failed({ resources: [] }), ['*']],
    ['no resources', failed({ resources: undefined }), ['*']],
    [
      'another account’s action',
      failed({ resources: [ARN.replace('644160558196', '111111111111')] }),
      ['aws'],
    ],
    ['something else of that name', failed({ resources: [ARN.replace(':securityhub:', ':other:')] }), ['*']],
    ['an imported finding', failed({ 'detail-type': 'Security Hub Findings - Imported' }), ['*']],
  ])('%s is no approval, and a finding all the same', (_, event, actions) => {
    const finding = readOne(event, { approvalActions: actions });
    expect(finding.status).toBe('Red');
    expect(finding).not.toHaveProperty('approval');
  });
});
