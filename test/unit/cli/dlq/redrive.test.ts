import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../cli/dlq/ports.ts';
import { redrive } from '../../../../cli/dlq/redrive.ts';
import {
  deployment,
  FINDING_EVENT,
  failedBatch,
  failedCall,
  failedEvent,
  HANDLER,
  message,
  record,
  TIMER,
  TRACKER,
} from './dlq.fixture.ts';

const YES = { yes: true } as const;
const FINDINGS = 'app-prod-findings';
const RECORDS = 'app-prod-records';
const of = (...sequenceNumbers: string[]) => ({
  Records: sequenceNumbers.map((each) => record(each).record),
});

describe('dlq redrive', () => {
  it('hands events over to their functions, and deletes them then', async () => {
    const { deps, queues, called, ui, progress } = deployment({
      findings: [failedEvent(TRACKER.functionArn), failedCall(TRACKER, { n: 2 })],
    });
    await redrive(deps, ['findings'], YES);
    expect(called).toEqual([
      { name: 'app-prod-tracker', event: FINDING_EVENT, later: true },
      { name: 'app-prod-tracker', event: { n: 2 }, later: true },
    ]);
    expect(queues.ids(FINDINGS)).toEqual([]);
    expect(ui.printed).toEqual(['Given back, and deleted from their queues: 2 messages.']);
    expect(progress).toEqual(['1/2', '2/2']);
  });

  it('asks first, and does nothing without a yes', async () => {
    const { deps, queues, called, ui } = deployment({ findings: [failedCall(TRACKER, {})] });
    ui.says = false;
    await expect(redrive(deps, [], {})).rejects.toMatchObject({ code: 'DECLINED', exitCode: 1 });
    expect(ui.questions).toEqual(['Give back 1 message (1 of app-prod-findings)?']);
    expect(called).toEqual([]);
    expect(await queues.hidden(FINDINGS)).toBe(0);
  });

  it('what cannot be read stays, is named, and can be received again', async () => {
    const unreadable = message('{', { id: 'unreadable' });
    const { deps, queues, ui } = deployment({ findings: [unreadable, failedCall(TRACKER, {})] });
    await expect(redrive(deps, ['findings'], YES)).rejects.toMatchObject({ code: 'KEPT', exitCode: 1 });
    expect(queues.ids(FINDINGS)).toEqual(['unreadable']);
    expect(await queues.hidden(FINDINGS)).toBe(0);
    expect(ui.printed[0]).toBe('✗ app-prod-findings unreadable: it is no JSON object');
  });

  it('--json tells both', async () => {
    const { deps, ui } = deployment({ findings: [message('{', { id: 'x' }), failedCall(TRACKER, {})] });
    await expect(redrive(deps, ['findings'], { ...YES, json: true })).rejects.toMatchObject({ exitCode: 1 });
    expect(ui.json).toEqual({
      redriven: 1,
      kept: [{ queue: FINDINGS, messageId: 'x', why: 'it is no JSON object' }],
    });
  });

  it('a function that refuses keeps its message; what AWS fails on ends it, with all messages where they were', async () => {
    const { deps, queues, answers } = deployment({
      findings: [failedCall(TRACKER, { n: 1 }), failedCall(TRACKER, { n: 2 }), failedCall(TRACKER, { n: 3 })],
    });
    answers.push(new Refusal('too large'), { payload: undefined }, new Error('throttled'));
    await expect(redrive(deps, ['findings'], YES)).rejects.toThrow('throttled');
    expect(queues.ids(FINDINGS)).toHaveLength(2);
    expect(await queues.hidden(FINDINGS)).toBe(0);
  });

  it('reads records of a stream, and waits for the function, in its batches and by its filter', async () => {
    const { deps, queues, called, stored } = deployment({ records: [failedBatch(HANDLER)] });
    stored.push(record('1'), record('2'), record('3', 'REMOVE'), record('4'));
    await redrive(deps, ['records'], YES);
    expect(called).toEqual([
      { name: 'app-prod-handler', event: of('1', '2'), later: false },
      { name: 'app-prod-handler', event: of('4'), later: false },
    ]);
    expect(queues.ids(RECORDS)).toEqual([]);
  });

  it.each([
    ['throws', { error: 'TypeError: x', payload: {} }, /failed on it again: TypeError: x/],
    [
      'names records',
      { payload: { batchItemFailures: [{ itemIdentifier: '1' }] } },
      /failed again on 1 of its 1/,
    ],
  ])('records on which the function %s again stay', async (_, answer, why) => {
    const { deps, queues, answers, stored, ui } = deployment({ records: [failedBatch(HANDLER)] });
    stored.push(record('1'));
    answers.push(answer);
    await expect(redrive(deps, ['records'], YES)).rejects.toMatchObject({ code: 'KEPT' });
    expect(queues.ids(RECORDS)).toHaveLength(1);
    expect(ui.printed[0]).toMatch(why);
  });

  it('of runs on schedule one is made, and stands for all', async () => {
    const tick = { 'detail-type': 'Scheduled Event' };
    const { deps, queues, called } = deployment({ timer: [1, 2, 3].map(() => failedCall(TIMER, tick)) });
    await redrive(deps, ['timer'], YES);
    expect(called).toHaveLength(1);
    expect(queues.ids('app-prod-timer')).toEqual([]);
  });

  it('of runs on schedule none is thrown away as long as none was taken', async () => {
    const tick = { 'detail-type': 'Scheduled Event' };
    const { deps, queues, answers } = deployment({
      timer: [failedCall(TIMER, tick), failedCall(TIMER, tick)],
    });
    answers.push(new Refusal('a'), new Refusal('b'));
    await expect(redrive(deps, ['timer'], YES)).rejects.toMatchObject({ code: 'KEPT' });
    expect(queues.ids('app-prod-timer')).toHaveLength(2);
  });

  it('--limit is of all queues together', async () => {
    const { deps, queues, called } = deployment({
      findings: [failedCall(TRACKER, {}), failedCall(TRACKER, {})],
      timer: [failedCall(TIMER, { a: 1 }), failedCall(TIMER, { a: 2 })],
    });
    await redrive(deps, [], { ...YES, limit: 3 });
    expect(called).toHaveLength(3);
    expect([queues.ids(FINDINGS).length, queues.ids('app-prod-timer').length]).toEqual([0, 1]);
  });

  it('takes no more than there was at first: what fails again meanwhile does not go round in circles', async () => {
    const { deps, queues, called } = deployment({ findings: [failedCall(TRACKER, {})] });
    const { functions } = deps;
    const failing = {
      ...functions,
      invokeLater: async (name: string, event: unknown) => {
        await functions.invokeLater(name, event);
        queues.add('findings', failedCall(TRACKER, event));
      },
    };
    await redrive({ ...deps, functions: failing }, ['findings'], YES);
    expect(called).toHaveLength(1);
    expect(queues.ids(FINDINGS)).toHaveLength(1);
  });

  it('takes more than SQS gives at once', async () => {
    const { deps, queues, called } = deployment({
      findings: Array.from({ length: 25 }, (_, n) => failedCall(TRACKER, { n })),
    });
    await redrive(deps, ['findings'], YES);
    expect(called).toHaveLength(25);
    expect(queues.ids(FINDINGS)).toEqual([]);
    expect(queues.mostHidden).toBe(10);
  });

  it('stops when it is interrupted, and lets go of what it holds', async () => {
    const { deps, queues, stop, stored } = deployment({
      records: [failedBatch(HANDLER), failedBatch(HANDLER)],
    });
    stored.push(record('1'));
    const onProgress = () => stop.abort();
    await expect(redrive({ ...deps, onProgress }, ['records'], YES)).rejects.toMatchObject({ exitCode: 130 });
    expect(queues.ids(RECORDS)).toHaveLength(1);
    expect(await queues.hidden(RECORDS)).toBe(0);
  });

  it('empty queues: nothing is asked', async () => {
    const { deps, ui } = deployment({});
    await redrive(deps, [], {});
    expect(ui.questions).toEqual([]);
    expect(ui.printed).toEqual(['There is nothing to give back.']);
  });

  it('a queue that is not there', async () => {
    const { deps } = deployment({});
    await expect(redrive(deps, ['nope'], YES)).rejects.toMatchObject({ code: 'NO_QUEUE', exitCode: 2 });
  });
});
