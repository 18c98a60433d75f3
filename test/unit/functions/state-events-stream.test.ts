import { readFileSync } from 'node:fs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePattern } from '../../../local/events/pattern.ts';
import { readServiceDefinition } from '../../../local/service-definition/read-service-definition.ts';
import type { ServiceDefinition } from '../../../local/service-definition/service-definition.ts';
import { STATES, type State } from '../../../shared/domain/lifecycle.ts';
import { stateEventsOf } from '../../../shared/domain/state-event.ts';
import { aRow, onTheBus } from '../../helpers/state-events.ts';

let service: ServiceDefinition;
beforeAll(async () => {
  const file = new URL('../../../serverless.yml', import.meta.url).pathname;
  service = await readServiceDefinition({ file, accountId: '012345678901', region: 'us-east-1' });
});

const stream = () => {
  const [only] = service.functions.find(({ name }) => name === 'state-events')?.streams ?? [];
  if (!only) throw new Error('serverless.yml has no stream for state-events');
  return only;
};

type Image = { readonly state: State; readonly opsItemId?: string } | undefined;

/** Whether a write reaches the function. */
function passes(before: Image, after: Image): boolean {
  const record = {
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    dynamodb: {
      ...(after ? { NewImage: marshall(after) } : {}),
      ...(before ? { OldImage: marshall(before) } : {}),
    },
  };
  return stream().filterPatterns.some((pattern) => compilePattern(JSON.stringify(pattern))(record));
}

const opsItemId = 'oi-0123456789ab';

describe("AutomationExecutionTrackerTable's stream", () => {
  it('every change of state reaches state-events', () => {
    const missed = STATES.flatMap((to) =>
      [undefined, ...STATES]
        .filter((from) => from !== to && !passes(from && { state: from }, { state: to }))
        .map((from) => `${from} → ${to}`),
    );
    expect(missed).toEqual([]);
  });

  it('so does the OpsItem of what waits', () => {
    const missed = STATES.filter((state) => state !== 'Running').filter(
      (state) => !passes({ state }, { state, opsItemId }),
    );
    expect(missed).toEqual([]);
  });

  it('what is written most, without a change of state, does not; nor does what expires', () => {
    for (const state of ['Running', 'Deferred'] as const) {
      expect(passes({ state, opsItemId }, { state, opsItemId })).toBe(false);
      expect(passes({ state }, { state })).toBe(false);
    }
    expect(STATES.filter((state) => passes({ state, opsItemId }, undefined))).toEqual([]);
  });

  it('keeps the order of a finding, blocks nobody for a day, and keeps what fails', () => {
    expect(stream()).toMatchObject({
      tableName: 'AutomationExecutionTrackerTable',
      startingPosition: 'TRIM_HORIZON',
      parallelizationFactor: 1,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
      maximumRetryAttempts: 8,
      maximumRecordAgeSeconds: 3600,
      onFailureQueueArn: expect.stringContaining('state-events-failure-queue'),
    });
  });
});

describe('our own events', () => {
  it('match one rule of ours, that of recheck, which writes nothing: there is no loop', () => {
    const { Resources } = parse(
      readFileSync(new URL('../../../resources/event-log.yml', import.meta.url), 'utf8'),
      { logLevel: 'silent' },
    );
    const patterns = [
      ...service.functions.flatMap(({ name, eventRules }) =>
        eventRules.map(({ pattern }) => ({ name, pattern })),
      ),
      { name: 'the log', pattern: Resources.FindingEventsLogRule.Properties.EventPattern },
    ];
    expect(patterns.length).toBeGreaterThan(5);
    for (const state of STATES) {
      const events = stateEventsOf({
        before: undefined,
        after: aRow({ state, opsItemId }),
        writtenAt: new Date(0),
      });
      expect(events).toHaveLength(1);
      for (const { name, pattern } of patterns) {
        const expected = name === 'recheck' && state === 'Verifying';
        for (const event of events) expect(compilePattern(pattern)(onTheBus(event))).toBe(expected);
      }
    }
  });
});
