import { expect, it } from 'vitest';
import { sampleEvent } from '../../../helpers/records.ts';
import { readAll, readOne } from '../../../helpers/source-events.ts';

// Whatever a schema reads of an event, the finding keeps all that the event says, down to its innermost keys.

const SAMPLES = [
  'access-analyzer-external',
  'access-analyzer-internal',
  'access-analyzer-unused',
  'cloudwatch-alarm-state-change',
  'config-rule-compliance-change',
  'guardduty-ec2',
  'inspector-network',
  'inspector-package',
  'macie-policy',
  'securityhub-imported-control',
  'securityhub-v2-detection',
] as const;

/** What templates find in another form under its own key. */
const RENAMED: Readonly<Record<string, string>> = { 'cloudwatch-alarm-state-change state': 'stateDetails' };

/** A value of an event with a key of tomorrow in each of its objects. */
function withNews(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNews);
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNews(each)])),
    someday: { more: 1 },
  };
}

it.each(SAMPLES)('%s, with keys that nobody knows everywhere', (name) => {
  const event = sampleEvent(name);
  const { findings } = event.detail;
  const told = withNews(event.detail) as Record<string, unknown>;
  const [said] = Array.isArray(findings) ? (told.findings as Record<string, unknown>[]) : [told];
  for (const finding of readAll({ ...event, detail: told }))
    for (const [key, value] of Object.entries(said ?? {}))
      if (typeof value === 'object' && value !== null)
        expect(JSON.parse(finding.detail[RENAMED[`${name} ${key}`] ?? key] ?? 'null'), key).toEqual(value);
});

it('an alarm through SNS, too', () => {
  const event = sampleEvent('sns-cloudwatch-alarm') as unknown as { Records: [{ Sns: { Message: string } }] };
  const [record] = event.Records;
  const alarm = withNews(JSON.parse(record.Sns.Message)) as Record<string, unknown>;
  const Sns = { ...record.Sns, Message: JSON.stringify(alarm) };
  const { detail } = readOne({ Records: [{ ...record, Sns }] });
  expect(JSON.parse(detail.Trigger ?? 'null')).toEqual(alarm.Trigger);
  expect(JSON.parse(detail.someday ?? 'null')).toEqual({ more: 1 });
});
