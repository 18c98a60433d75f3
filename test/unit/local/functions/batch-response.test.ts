import { describe, expect, it } from 'vitest';
import { readBatchOutcome } from '../../../../local/functions/batch-response.ts';
import { failed, pendingRecords, succeeded, throttled } from '../../../helpers/local-functions.ts';

const records = pendingRecords(5);
const outcomeOf = (payload: unknown) => readBatchOutcome(succeeded(payload), records, true);
const failuresOf = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('readBatchOutcome', () => {
  it.each([null, {}, '', { batchItemFailures: [] }, { batchItemFailures: null }])(
    'takes %j for complete success',
    (payload) => {
      expect(outcomeOf(payload)).toEqual({ outcome: 'done' });
    },
  );

  it('checkpoints at the lowest failed record, whatever the order of the list', () => {
    expect(outcomeOf(failuresOf('4', '3', '5'))).toEqual({ outcome: 'partial', index: 2 });
  });

  it.each([
    ['an empty identifier', failuresOf('4', '')],
    ['an identifier of null', failuresOf(null)],
    ['an identifier that is a number', failuresOf(4)],
    ['a wrong key', { batchItemFailures: [{ messageId: '4' }] }],
    ['a record that was not in the batch', failuresOf('4', '99')],
    ['a list that is none', { batchItemFailures: '4' }],
    ['an entry that is no object', { batchItemFailures: [null] }],
    ['the first record', failuresOf('1', '4')],
  ])('takes %s for complete failure', (_name, payload) => {
    expect(outcomeOf(payload)).toEqual({ outcome: 'failed' });
  });

  it('ignores the list where ReportBatchItemFailures is off', () => {
    expect(readBatchOutcome(succeeded(failuresOf('1')), records, false)).toEqual({ outcome: 'done' });
  });

  it('tells a function error from a throttle', () => {
    expect(readBatchOutcome(failed(), records, true)).toEqual({ outcome: 'failed' });
    expect(readBatchOutcome(throttled, records, true)).toEqual({ outcome: 'throttled' });
  });
});
