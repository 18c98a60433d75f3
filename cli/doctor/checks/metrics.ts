import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { Check, DoctorDeps, Result } from '../check.ts';
import { countOf, fail, orPass, warn } from '../check.ts';
import { cloudWatchOf } from '../clients.ts';

const DAY_MS = 86_400_000;
/** A stream lets go of a record after 24 hours, its event source mapping after one. */
const LATE_MS = 600_000;
const LOST_MS = 3_600_000;

interface Wanted {
  readonly namespace: 'AWS/Events' | 'AWS/Lambda';
  readonly metric: string;
  readonly dimension: 'RuleName' | 'FunctionName';
  readonly of: readonly string[];
  readonly statistic: 'Sum' | 'Maximum';
}

/**
 * What CloudWatch counted.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const metrics: Check = {
  id: 'metrics',
  group: 'Events',
  title: 'what CloudWatch counted',
  async run(deps) {
    const { aws, stack, clock } = deps;
    const client = await cloudWatchOf(aws);
    const rules = stack.functions.flatMap((fn) => fn.eventRules.map(({ name }) => name));
    const sources = sourceRules(deps);
    const functions = stack.functions.map(({ functionName }) => functionName);
    const readers = stack.functions.filter((fn) => fn.streams.length > 0).map((fn) => fn.functionName);
    const now = clock.now();
    const ask = (days: number, wanted: Wanted) => measure(client, wanted, { now, days });
    const ofRules = { namespace: 'AWS/Events', dimension: 'RuleName', statistic: 'Sum' } as const;
    const ofFunctions = { namespace: 'AWS/Lambda', dimension: 'FunctionName', statistic: 'Sum' } as const;
    const [matched, failed, errors, throttles, ages] = await Promise.all([
      ask(7, { ...ofRules, metric: 'MatchedEvents', of: sources }),
      ask(1, { ...ofRules, metric: 'FailedInvocations', of: rules }),
      ask(1, { ...ofFunctions, metric: 'Errors', of: functions }),
      ask(1, { ...ofFunctions, metric: 'Throttles', of: functions }),
      ask(1, { ...ofFunctions, metric: 'IteratorAge', of: readers, statistic: 'Maximum' }),
    ]);
    const total = [...matched.values()].reduce((sum, value) => sum + value, 0);
    const wrong = [
      ...(total === 0
        ? [
            warn(
              'no event matched a rule of findings within 7 days',
              'look whether the sources are switched on',
            ),
          ]
        : []),
      ...each(failed, (name, value) =>
        fail(
          `${countOf(value, 'event')} of the rule ${name} did not reach the function within a day`,
          'remediator dlq list says why',
        ),
      ),
      ...each(errors, (name, value) =>
        warn(`${name} failed ${countOf(value, 'time')} within a day`, 'its log has code and remedy'),
      ),
      ...each(throttles, (name, value) =>
        warn(`${name} was throttled ${countOf(value, 'time')} within a day`, "raise Lambda's concurrency"),
      ),
      ...[...ages].flatMap(([name, age]) => late(name, age)),
    ];
    return orPass(wrong, `${countOf(total, 'event')} matched within 7 days; nothing failed within a day`);
  },
};

/** Those of the function that findings come to. */
function sourceRules({ stack }: DoctorDeps): readonly string[] {
  const tracker = stack.functions.find((fn) => fn.eventRules.length > 1);
  return tracker?.eventRules.map(({ name }) => name) ?? [];
}

function each(
  values: ReadonlyMap<string, number>,
  tell: (name: string, value: number) => Result,
): readonly Result[] {
  return [...values].filter(([, value]) => value > 0).map(([name, value]) => tell(name, value));
}

function late(name: string, age: number): readonly Result[] {
  if (age <= LATE_MS) return [];
  const text = `${name} was ${Math.round(age / 60_000)} minutes behind its stream within a day`;
  const remedy = 'its log says what held it up; remediator dlq list shows what was given up';
  return [age > LOST_MS ? fail(text, remedy) : warn(text, remedy)];
}

/** One number for each name that has any. */
async function measure(
  client: CloudWatchClient,
  { namespace, metric, dimension, of, statistic }: Wanted,
  { now, days }: { now: Date; days: number },
): Promise<ReadonlyMap<string, number>> {
  if (of.length === 0) return new Map();
  const queries = of.map(
    (Value, index): MetricDataQuery => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: { Namespace: namespace, MetricName: metric, Dimensions: [{ Name: dimension, Value }] },
        Period: 3600,
        Stat: statistic,
      },
    }),
  );
  const values = new Map<string, number>();
  let NextToken: string | undefined;
  do {
    const page: GetMetricDataCommandOutput = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(now.getTime() - days * DAY_MS),
        EndTime: now,
        NextToken,
      }),
    );
    for (const { Id = '', Values = [] } of page.MetricDataResults ?? []) {
      const name = of[Number(Id.slice(1))];
      if (name === undefined || Values.length === 0) continue;
      const before = values.get(name) ?? 0;
      values.set(
        name,
        Values.reduce((a, b) => (statistic === 'Sum' ? a + b : Math.max(a, b)), before),
      );
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return values;
}
