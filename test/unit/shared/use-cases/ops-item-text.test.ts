import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewOpsItem } from '../../../../shared/ports.ts';
import { executionUrl, opsItemFor } from '../../../../shared/use-cases/ops-item-text.ts';
import { aTrackedFinding, CHECK_NAME, GROUP_ARN, RUNBOOK } from '../../../helpers/findings.ts';

const REASON = { code: 'MAPPED', sentence: 'It is mapped.', remedy: 'Nothing.' };

function anOpsItem(
  finding: Parameters<typeof aTrackedFinding>[0] = {},
  runbook: string | undefined = RUNBOOK,
): NewOpsItem {
  const tracked = aTrackedFinding(finding);
  return opsItemFor({
    finding: tracked,
    key: { findingId: tracked.findingId, attempt: '000001-001' },
    reason: REASON,
    runbook,
    parameters: { GroupId: ['sg-1'] },
  });
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html */
function expectAccepted(opsItem: NewOpsItem): void {
  expect(opsItem.title).toMatch(/^(?!\s*$).+$/);
  expect(opsItem.title.length).toBeLessThanOrEqual(1024);
  expect(opsItem.description.length).toBeLessThanOrEqual(2048);
  expect(opsItem.dedupString.length).toBeLessThanOrEqual(512);
  expect(opsItem.priority).toBeGreaterThanOrEqual(1);
  expect(opsItem.priority).toBeLessThanOrEqual(5);
  for (const [key, value] of Object.entries({ ...opsItem.data.searchable, ...opsItem.data.plain })) {
    expect(key).not.toMatch(/^\/?(aws|amazon|amzn|ssm)/i);
    expect(value).toMatch(/\S/);
  }
  expect(opsItem.title.isWellFormed() && opsItem.description.isWellFormed()).toBe(true);
}

describe('opsItemFor', () => {
  it('names the resource, the runbook, the reason and what to do', () => {
    const opsItem = anOpsItem();
    expectAccepted(opsItem);
    expect(opsItem).toMatchObject({
      title: `${CHECK_NAME}: ${GROUP_ARN}`,
      resourceArn: GROUP_ARN,
      runbook: RUNBOOK,
      priority: 2,
    });
    for (const part of [GROUP_ARN, RUNBOOK, 'It is mapped.', 'What to do: Nothing.', 'sg-1'])
      expect(opsItem.description).toContain(part);
  });

  it('Yellow is less urgent', () => {
    expect(anOpsItem({ status: 'Yellow' })).toMatchObject({ priority: 3, severity: '3' });
  });

  it('a resource without an ARN is not offered as one, and a name that is no runbook not as a runbook', () => {
    for (const resource of [
      'sg-1',
      'arn:aws:s3:::a b',
      'arn:aws:s3:::a\nb',
      `arn:aws:s3:::${'x'.repeat(1011)}`,
    ])
      expect(anOpsItem({ resource }).resourceArn).toBeUndefined();
    expect(anOpsItem({}, 'no runbook {}').runbook).toBeUndefined();
  });

  it('all findings of one resource and check share a dedup string, others do not', () => {
    expect(anOpsItem().dedupString).toBe(anOpsItem({ status: 'Yellow', episode: 4 }).dedupString);
    expect(anOpsItem().dedupString).not.toBe(anOpsItem({ resource: 'other' }).dedupString);
  });

  it('texts of any length and kind are accepted by OpsCenter: else the finding would be poison', () => {
    const long = { resource: `arn:aws:s3:::${'ü'.repeat(30_000)}`, detail: { a: 'é'.repeat(30_000) } };
    expectAccepted(anOpsItem(long));
    expectAccepted(anOpsItem({ resource: 'a\nb\u0000c\r\nd', checkName: 'two\nlines' }));
    expectAccepted(anOpsItem({ resource: `${'x'.repeat(900)}${'😀'.repeat(2000)}` }));
    expectAccepted(anOpsItem({ resource: '\ud800' }));
  });

  it('strings with quotes, backslashes and newlines never break its JSON (property)', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('"', '\\', '\n', '{', '}', '\u2028', 'a'),
      minLength: 1,
    });
    fc.assert(
      fc.property(nasty, (text) => {
        const opsItem = anOpsItem({ resource: `r${text}`, detail: { [text]: text } });
        expectAccepted(opsItem);
        expect(JSON.parse(opsItem.data.plain?.detail ?? '')).toEqual({ [text]: text });
      }),
    );
  });
});

describe('executionUrl', () => {
  it.each([
    ['us-east-1', 'https://us-east-1.console.aws.amazon.com/'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ])('in %s begins with %s', (region, start) => {
    expect(executionUrl(region, 'id').startsWith(start)).toBe(true);
    expect(executionUrl(region, 'id')).toContain('/execution/id');
  });
});
