import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { type Finding, findingIdOf } from '../../../../shared/domain/finding.ts';
import { findingFrom, readingsOf } from '../../../../shared/sources/registry.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';

interface SnsEvent {
  readonly Records: readonly [{ readonly Sns: Readonly<Record<string, unknown>> }];
}

const SAMPLE: SnsEvent = JSON.parse(
  readFileSync(new URL('../../../fixtures/events/sns-cloudwatch-alarm.json', import.meta.url), 'utf8'),
);
const ALARM: Record<string, unknown> = JSON.parse(String(SAMPLE.Records[0].Sns.Message));
const INSTANCE = 'arn:aws:ec2:ap-northeast-1:123456789012:instance/i-0123456789abcdef0';
const ALARM_ARN = 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:UnauthorizedAccess';

/** The sample with another message, or with parts of its alarm exchanged. */
function withMessage(message: string, sns: Record<string, unknown> = {}): SnsEvent {
  const [record] = SAMPLE.Records;
  return { Records: [{ ...record, Sns: { ...record.Sns, ...sns, Message: message } }] };
}
const alarm = (changes: Record<string, unknown>) => withMessage(JSON.stringify({ ...ALARM, ...changes }));

function read(event: unknown): Finding {
  const [reading, ...others] = readingsOf(event);
  if (!reading || others.length > 0) throw new Error('expected one reading');
  return reading();
}

const metricMath = (...metrics: object[]) => alarm({ Trigger: { Period: 60, Metrics: metrics } });
const measuring = (instanceId: string, more: object = {}) => ({
  Id: 'm1',
  MetricStat: {
    Metric: {
      Dimensions: [
        { value: '/u01', name: 'path' },
        { value: instanceId, name: 'InstanceId' },
      ],
      MetricName: 'disk_free',
      Namespace: 'CWAgent',
    },
    Period: 300,
    Stat: 'Average',
  },
  ReturnData: false,
  ...more,
});

describe('an alarm through SNS', () => {
  test("the sample is the instance that its metric's name is, in the region of the alarm's ARN", () => {
    expect(read(SAMPLE)).toEqual({
      source: 'aws.cloudwatch',
      checkName: 'UnauthorizedAccess',
      account: '123456789012',
      region: 'ap-northeast-1',
      resource: INSTANCE,
      resourceType: 'ec2:instance',
      status: 'Red',
      observedAt: new Date('2024-09-09T01:59:07.423Z'),
      detail: expect.objectContaining({
        alarmName: 'UnauthorizedAccess',
        state: 'ALARM',
        reason: ALARM.NewStateReason,
        metricName: 'i-0123456789abcdef0',
        namespace: 'LabApplications',
        // What we do not use is kept, too.
        OldStateValue: 'INSUFFICIENT_DATA',
      }),
    });
  });

  test('a dimension InstanceId names the instance, and each dimension is a detail', () => {
    const Dimensions = [{ value: 'i-0123456789abcdef0', name: 'InstanceId' }];
    const finding = read(alarm({ Trigger: { MetricName: '401', Namespace: 'Lab', Dimensions } }));
    expect(finding.resource).toBe(INSTANCE);
    expect(finding.detail).toMatchObject({ InstanceId: 'i-0123456789abcdef0', metricName: '401' });
  });

  test('metric math names the instance of its metrics, where they name one', () => {
    const expression = { Expression: 'm2/m1*100', Id: 'e1', Label: 'Free', ReturnData: true };
    const one = [measuring('i-0123456789abcdef0'), measuring('i-0123456789abcdef0', { Id: 'm2' })];
    expect(read(metricMath(expression, ...one)).resource).toBe(INSTANCE);
    const two = [measuring('i-0123456789abcdef0'), measuring('i-99999999999999999', { Id: 'm2' })];
    expect(read(metricMath(expression, ...two)).resource).toBe(ALARM_ARN);
  });

  test("another account's instance is not acted upon here", () => {
    expect(read(metricMath(measuring('i-0123456789abcdef0', { AccountId: '210987654321' }))).resource).toBe(
      ALARM_ARN,
    );
    expect(read(metricMath(measuring('i-0123456789abcdef0', { AccountId: '123456789012' }))).resource).toBe(
      INSTANCE,
    );
  });

  test('anomaly detection is read as metric math is', () => {
    const event = alarm({
      Trigger: {
        ComparisonOperator: 'GreaterThanUpperThreshold',
        ThresholdMetricId: 'ad1',
        Metrics: [
          measuring('i-0123456789abcdef0', { ReturnData: true }),
          {
            Expression: 'ANOMALY_DETECTION_BAND(m1, 12)',
            Id: 'ad1',
            Label: 'x (expected)',
            ReturnData: true,
          },
        ],
      },
    });
    expect(read(event)).toMatchObject({ resource: INSTANCE, detail: { metricName: 'disk_free' } });
  });

  test('a composite alarm is the alarm itself', () => {
    const { Trigger: _, ...rest } = ALARM;
    const AlarmRule = 'ALARM(one) OR ALARM(two)';
    const children = [{ Arn: ALARM_ARN, State: { Value: 'ALARM' } }];
    const finding = read(
      withMessage(JSON.stringify({ ...rest, AlarmRule, TriggeringChildren: children, AlarmDescription: '' })),
    );
    expect(finding).toMatchObject({
      resource: ALARM_ARN,
      resourceType: 'cloudwatch:alarm',
      detail: { alarmRule: AlarmRule },
    });
  });

  test.each([
    ['OK', 'Green'],
    ['INSUFFICIENT_DATA', 'Green'],
    ['ALARM', 'Red'],
  ])('%s is %s', (NewStateValue, status) => {
    expect(read(alarm({ NewStateValue })).status).toBe(status);
  });

  test("without AlarmArn, the topic's region and the ARN that the alarm has", () => {
    const finding = read(alarm({ AlarmArn: undefined, Trigger: undefined }));
    expect(finding).toMatchObject({ region: 'ap-northeast-1', resource: ALARM_ARN });
  });

  test('without a time of its own, the time of the notification', () => {
    expect(read(alarm({ StateChangeTime: undefined })).observedAt).toEqual(
      new Date('2024-09-09T01:59:07.500Z'),
    );
  });

  test('an offset counts', () => {
    expect(read(alarm({ StateChangeTime: '2024-09-09T10:59:07.423+0900' })).observedAt).toEqual(
      new Date('2024-09-09T01:59:07.423Z'),
    );
  });
});

describe('an alarm that comes both ways', () => {
  /** What SNS says of the alarm of the EventBridge sample. */
  const event = sampleEvent('cloudwatch-alarm-state-change');
  const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:UnauthorizedAccess';
  const same = {
    AlarmArn: arn,
    AlarmDescription: '401s seen in record.log',
    NewStateReason:
      'Threshold Crossed: 1 out of the last 1 datapoints [12.0] was greater than the threshold (10.0).',
    StateChangeTime: '2019-10-02T17:04:40.989+0000',
  };
  const Trigger = {
    MetricName: '401',
    Namespace: 'LabApplications',
    Dimensions: [{ value: 'i-0123456789abcdef0', name: 'InstanceId' }],
  };

  /** Without what each way says beside it, by keys of its own. */
  const common = ({ detail, ...rest }: Finding) => {
    const { alarmName, description, state, reason, alarmRule, metricName, namespace, InstanceId } = detail;
    const shared = { alarmName, description, state, reason, alarmRule, metricName, namespace, InstanceId };
    return { ...rest, detail: shared };
  };

  test('is one finding, word for word in what templates use', () => {
    expect(common(read(alarm({ ...same, Trigger })))).toEqual(common(findingFrom(event)));
  });

  test('so is a composite one', () => {
    const alarmRule = 'ALARM(a) AND ALARM(b)';
    const composite = { ...event, detail: { ...event.detail, configuration: { alarmRule } } };
    const through = read(
      alarm({ ...same, AlarmDescription: null, Trigger: undefined, AlarmRule: alarmRule }),
    );
    expect(common(through)).toEqual(common(findingFrom(composite)));
    expect(findingIdOf(through)).toBe(findingIdOf(findingFrom(composite)));
  });

  test('so is one that measures several instances, in whatever order they are listed', () => {
    const ids = ['i-0123456789abcdef0', 'i-99999999999999999'];
    const metrics = ids.map((InstanceId) => ({
      metricStat: { metric: { name: '401', dimensions: { InstanceId } } },
    }));
    const several = { ...event, detail: { ...event.detail, configuration: { metrics } } };
    const listed = ids.toReversed().map((id) => measuring(id));
    const through = read(alarm({ ...same, Trigger: { Metrics: listed } }));
    expect(findingFrom(several).resource).toBe(arn);
    expect(findingIdOf(through)).toBe(findingIdOf(findingFrom(several)));
  });
});

describe('what is no alarm', () => {
  test.each([
    ['text', 'Hello from SNS!'],
    ['JSON that is no alarm', '{"source":"aws.s3"}'],
    ['null', 'null'],
    ['nothing', ''],
  ])('%s: EVENT_NOT_RECOGNISED, with what it was', (_, message) => {
    const error = errorOf(() => read(withMessage(message, { Subject: 'Greetings' })));
    expect(error.code).toBe('EVENT_NOT_RECOGNISED');
    expect(error.message).toContain('"Greetings"');
    expect(error.message).toContain(JSON.stringify(message));
  });

  test('a long message is not repeated whole', () => {
    const error = errorOf(() => read(withMessage('x'.repeat(10_000), { Subject: null })));
    expect(error.message.length).toBeLessThan(400);
  });

  test('records of another service say which', () => {
    const error = errorOf(() => read({ Records: [{ EventSource: 'aws:sqs', body: '{}' }] }));
    expect(error).toMatchObject({
      code: 'EVENT_NOT_RECOGNISED',
      message: expect.stringContaining('"aws:sqs"'),
    });
  });

  test.each([
    ['without a state', { NewStateValue: undefined }, 'NewStateValue'],
    ['in no known state', { NewStateValue: 'PANIC' }, 'PANIC'],
    ['of an account that is none', { AWSAccountId: 'mine' }, 'AWSAccountId'],
    ['of two accounts', { AWSAccountId: '210987654321' }, 'AlarmArn'],
  ])('an alarm %s: EVENT_INCOMPLETE', (_, changes, named) => {
    const error = errorOf(() => read(alarm(changes)));
    expect(error).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining(named),
    });
  });
});

describe('readingsOf', () => {
  test('several records are several findings, and one that cannot be read loses no other', () => {
    const event = {
      Records: [
        ...alarm({ NewStateValue: 'OK' }).Records,
        ...withMessage('Hello from SNS!').Records,
        ...SAMPLE.Records,
      ],
    };
    const readings = readingsOf(event);
    expect(readings).toHaveLength(3);
    expect(readings[0]?.().status).toBe('Green');
    expect(errorOf(() => readings[1]?.()).code).toBe('EVENT_NOT_RECOGNISED');
    expect(readings[2]?.().status).toBe('Red');
  });

  test.each([[undefined], [null], ['text'], [{}], [{ Records: [] }], [{ Records: 'many' }]])(
    '%j is an event that no source reads',
    (event) => {
      expect(errorOf(() => read(event)).code).toBe('EVENT_NOT_RECOGNISED');
    },
  );

  test('whatever is exchanged in the alarm, the answer is a finding or a coded error (property)', () => {
    const keys = [...Object.keys(ALARM), 'AlarmRule'];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        try {
          expect(read(alarm({ [key]: value })).source).toBe('aws.cloudwatch');
        } catch (error) {
          expect(error).toBeInstanceOf(RemediatorError);
        }
      }),
    );
  });

  test('whatever the records are, no error is without a code (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { minLength: 1 }), (records) => {
        for (const reading of readingsOf({ Records: records })) {
          expect(errorOf(reading)).toBeInstanceOf(RemediatorError);
        }
      }),
    );
  });
});
