import { ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { arrivals } from '../../../../../cli/doctor/checks/arrivals.ts';
import { metrics } from '../../../../../cli/doctor/checks/metrics.ts';
import { queues } from '../../../../../cli/doctor/checks/queues.ts';
import { rules } from '../../../../../cli/doctor/checks/rules.ts';
import { type Answers, deployed, emptyQueues, linesOf, NOW, STACK } from '../doctor.fixture.ts';

describe('findings arrive', () => {
  const row = (at: string) => ({ lastUpdatedEpochMs: { N: String(Date.parse(at)) } });
  it.each([
    ['newest', [row('2026-05-01T00:00:00Z'), row('2026-05-13T10:00:00Z')], /^pass: .*2026-05-13T10:00:00/],
    ['old', [row('2026-05-01T00:00:00Z')], /^warn: the newest finding is of 2026-05-01/],
    ['none', [], /^warn: no finding has ever come/],
  ])('%s', async (_, Items, line) => {
    expect(linesOf(await arrivals.run(deployed({ Scan: () => ({ Items }) })))).toEqual([
      expect.stringMatching(line),
    ]);
  });

  it('reads no more than some of a large table, and says so', async () => {
    let pages = 0;
    const Scan = () => {
      pages += 1;
      return { Items: [row('2026-05-13T10:00:00Z')], LastEvaluatedKey: { findingId: { S: 'x' } } };
    };
    expect(linesOf(await arrivals.run(deployed({ Scan })))[0]).toContain('among the 5 rows that were read');
    expect(pages).toBe(5);
  });
});

describe('rules', () => {
  const targetOf = (name: unknown) =>
    STACK.functions.find(({ eventRules }) => eventRules.some((rule) => rule.name === name))?.functionArn;
  const tick = { Name: 'tick', State: 'ENABLED', ScheduleExpression: 'rate(1 minute)' };
  const good: Answers = {
    DescribeRule: ({ Name }) => (Name === 'tick' ? tick : { Name, State: 'ENABLED' }),
    ListTargetsByRule: ({ Rule }) => ({ Targets: [{ Id: '1', Arn: targetOf(Rule) }] }),
    ListRuleNamesByTarget: () => ({ RuleNames: ['tick'] }),
  };
  const changed = (name: string, answer: object | Error): Answers => ({
    ...good,
    DescribeRule: (input) => (input.Name === name ? answer : (good.DescribeRule?.(input) ?? {})),
  });
  const TRACKER = 'remediator-prod-check-tracker-rule-1';
  const ENDS = 'remediator-prod-execution-events-handler-rule-1';

  it('are there, enabled, and have their targets', async () => {
    expect(linesOf(await rules.run(deployed(good)))).toEqual(['pass: 15 rules and 1 schedule are enabled']);
  });

  const gone = new ResourceNotFoundException({ message: 'x', $metadata: {} });
  it.each([
    ['one is missing', changed(ENDS, gone), 'fail', /there is no rule .*execution-events/],
    ['a source is off', changed(TRACKER, { Name: TRACKER, State: 'DISABLED' }), 'warn', /is DISABLED/],
    ['another one is off', changed(ENDS, { Name: ENDS, State: 'DISABLED' }), 'fail', /is DISABLED/],
    ['the schedule is off', changed('tick', { ...tick, State: 'DISABLED' }), 'fail', /tick is DISABLED/],
    ['there is no schedule', { ...good, ListRuleNamesByTarget: () => ({}) }, 'fail', /no schedule calls/],
  ])('%s', async (_, answers, verdict, found) => {
    expect(await rules.run(deployed(answers))).toMatchObject([
      { verdict, found: expect.stringMatching(found) },
    ]);
  });

  it('one calls something else', async () => {
    const ListTargetsByRule = () => ({ Targets: [{ Id: '1', Arn: 'arn:other' }] });
    const results = await rules.run(deployed({ ...good, ListTargetsByRule }));
    expect(results).toHaveLength(15);
    expect(results[0]).toMatchObject({ verdict: 'fail', found: expect.stringMatching(/does not call/) });
  });

  it("Trusted Advisor's events come to one region", async () => {
    const elsewhere = deployed(good, { stack: { ...STACK, region: 'eu-west-1' } });
    expect(await rules.run(elsewhere)).toMatchObject([
      { verdict: 'warn', found: expect.stringMatching(/us-east-1/) },
    ]);
  });
});

describe('what CloudWatch counted', () => {
  const RESULTS = 'remediator-prod-results-handler';
  type Query = {
    Id: string;
    MetricStat: { Metric: { MetricName: string; Dimensions: { Value: string }[] } };
  };
  /** Values by metric, and the name that they are of: `*` for any. */
  const counted = (values: Record<string, readonly [string, readonly number[]]>): Answers => ({
    GetMetricData: ({ MetricDataQueries }) => ({
      MetricDataResults: (MetricDataQueries as Query[]).map(({ Id, MetricStat: { Metric } }) => {
        const [name, numbers] = values[Metric.MetricName] ?? ['', []];
        return { Id, Values: name === Metric.Dimensions[0]?.Value ? numbers : [] };
      }),
    }),
  });
  const MATCHED = { MatchedEvents: ['remediator-prod-check-tracker-rule-1', [2, 3]] } as const;

  it('nothing failed', async () => {
    expect(linesOf(await metrics.run(deployed(counted(MATCHED))))).toEqual([
      'pass: 5 events matched within 7 days; nothing failed within a day',
    ]);
  });

  it.each([
    ['FailedInvocations', 'remediator-prod-recheck-rule-1', [1], 'fail', /1 event of the rule .*recheck/],
    ['Errors', RESULTS, [2], 'warn', /failed 2 times/],
    ['Throttles', RESULTS, [2, 1], 'warn', /throttled 3 times/],
    ['IteratorAge', RESULTS, [1200_000, 900_000], 'warn', /20 minutes behind/],
    ['IteratorAge', RESULTS, [7200_000], 'fail', /120 minutes behind/],
  ])('%s', async (metric, name, values, verdict, found) => {
    const results = await metrics.run(deployed(counted({ ...MATCHED, [metric]: [name, values] })));
    expect(results).toMatchObject([{ verdict, found: expect.stringMatching(found) }]);
  });

  it('no event at all', async () => {
    expect(await metrics.run(deployed(counted({})))).toMatchObject([{ verdict: 'warn' }]);
  });

  it('asks for a day, and for seven, and goes through all pages', async () => {
    const asked: unknown[] = [];
    const answers: Answers = {
      GetMetricData: ({ StartTime, EndTime, NextToken }) => {
        asked.push([StartTime, EndTime, NextToken]);
        return NextToken === undefined ? { NextToken: 'more' } : { MetricDataResults: [] };
      },
    };
    await metrics.run(deployed(answers));
    expect(asked).toHaveLength(10);
    expect(asked).toContainEqual([new Date('2026-05-06T12:00:00Z'), NOW, 'more']);
    expect(asked).toContainEqual([new Date('2026-05-12T12:00:00Z'), NOW, undefined]);
  });
});

describe('failure queues', () => {
  it('are empty', async () => {
    expect(linesOf(await queues.run(deployed({})))).toEqual(['pass: 8 failure queues are empty']);
  });

  it('are not there at all', async () => {
    const lines = linesOf(
      await queues.run(deployed({}, { queues: { ...emptyQueues, urlOf: async () => undefined } })),
    );
    expect(lines.filter((line) => line.startsWith('fail'))).toHaveLength(7);
  });

  it('one is not, one is not there', async () => {
    const sqs = {
      ...emptyQueues,
      urlOf: async (name: string) => (name.includes('alarms') ? undefined : name),
      count: async (url: string) => ({ waiting: url.includes('results') ? 2 : 0, held: 0 }),
    };
    expect(linesOf(await queues.run(deployed({}, { queues: sqs })))).toEqual([
      'fail: 2 messages in remediator-prod-results-failure-queue',
      'warn: there is no queue remediator-prod-finding-alarms-dead-letter-queue',
    ]);
  });
});
