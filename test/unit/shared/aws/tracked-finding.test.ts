import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Image, trackedFindingFrom } from '../../../../shared/aws/tracked-finding.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aTrackedFinding } from '../../../helpers/findings.ts';

const { status, observedAt, ...finding } = aTrackedFinding();
const ROW = {
  ...finding,
  resourceStatus: status,
  lastUpdatedTime: observedAt.toISOString(),
  lastUpdatedEpochMs: observedAt.getTime(),
  episodeStep: 0,
};

describe('trackedFindingFrom', () => {
  it('reads a row as check-tracker writes it', () => {
    expect(trackedFindingFrom(marshall(ROW))).toEqual(aTrackedFinding());
    expect(trackedFindingFrom(marshall({ ...ROW, severity: 'High' })).severity).toBe('High');
  });

  it.each([
    ['no image', undefined],
    ['an empty one', {}],
    ['another status', { ...ROW, resourceStatus: 'Blue' }],
    ['no findingId', { ...ROW, findingId: '' }],
    ['a region that is none', { ...ROW, region: '-' }],
    ['a region that would be another host', { ...ROW, region: 'us-east-1.example.com' }],
    ['an account that is none', { ...ROW, account: 'mine' }],
    ['a time that is text', { ...ROW, lastUpdatedEpochMs: 'now' }],
    ['a time that no Date can hold', { ...ROW, lastUpdatedEpochMs: 9e15 }],
    ['half an episode', { ...ROW, episode: 1.5 }],
    ['a negative episode', { ...ROW, episode: -1 }],
    ['a detail that is text', { ...ROW, detail: 'x' }],
    ['a detail of numbers', { ...ROW, detail: { a: 1 } }],
  ])('%s: RECORD_MALFORMED, with what is wrong', (_, row) => {
    const image = row && marshall(row);
    expect(errorOf(() => trackedFindingFrom(image))).toMatchObject({
      code: 'RECORD_MALFORMED',
      message: expect.stringMatching(/: .+/),
    });
  });

  it('an image that cannot even be read: RECORD_MALFORMED', () => {
    const tooLarge: Image = { ...marshall(ROW), episode: { N: '123456789012345678901234567890' } };
    expect(errorOf(() => trackedFindingFrom(tooLarge)).code).toBe('RECORD_MALFORMED');
  });

  it('never throws anything but a coded error (property)', () => {
    const key = fc.constantFrom(...Object.keys(ROW));
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double({ min: -9e15, max: 9e15, noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string({ minLength: 1 }), leaf));
    fc.assert(
      fc.property(key, value, (name, other) => {
        try {
          const read = trackedFindingFrom(marshall({ ...ROW, [name]: other }));
          expect(Number.isNaN(read.observedAt.getTime())).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(RemediatorError);
        }
      }),
    );
  });
});
