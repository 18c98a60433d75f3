import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptKey,
  attemptNumberOf,
  clientTokenOf,
  digestOf,
  episodeOf,
  TAGS,
} from '../../../../shared/domain/remediation.ts';
import { aTrackedFinding } from '../../../helpers/findings.ts';

const finding = aTrackedFinding();

describe('attemptKey', () => {
  it('sorts by episode, then by attempt', () => {
    const keys = [
      attemptKey({ ...finding, episode: 1 }, 2),
      attemptKey({ ...finding, episode: 2 }, 1),
      attemptKey({ ...finding, episode: 10 }, 1),
      attemptKey({ ...finding, episode: 10 }, 12),
    ].map(({ attempt }) => attempt);
    expect(keys.toSorted()).toEqual(keys);
  });

  it('is the same each time, so that a replay finds its row', () => {
    expect(attemptKey(finding)).toEqual(attemptKey({ ...finding }));
  });

  it('gives its episode and its number back (property)', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 9999 }), (episode, attempt) => {
        const key = attemptKey({ findingId: 'f', episode }, attempt);
        expect(episodeOf(key)).toBe(episode);
        expect(attemptNumberOf(key)).toBe(attempt);
      }),
    );
  });
});

describe('digestOf', () => {
  it('is of the document, of every parameter and of every value in its order', () => {
    const digests = [
      digestOf('A', { x: ['1', '2'] }),
      digestOf('B', { x: ['1', '2'] }),
      digestOf('A', { y: ['1', '2'] }),
      digestOf('A', { x: ['2', '1'] }),
      digestOf('A', { x: ['1', '2', ''] }),
      digestOf('A', { x: ['1,2'] }),
      digestOf('A', {}),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(digestOf('A', { x: ['1'], y: ['2'] })).toBe(digestOf('A', { y: ['2'], x: ['1'] }));
  });
});

describe('clientTokenOf', () => {
  it('has exactly 36 characters, as a UUID', () => {
    expect(clientTokenOf(attemptKey(finding))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('is the same for a replay, and another for another attempt, episode or finding', () => {
    const tokens = [
      attemptKey(finding),
      attemptKey(finding, 2),
      attemptKey({ ...finding, episode: 2 }),
      attemptKey({ ...finding, findingId: 'other' }),
    ].map(clientTokenOf);
    expect(new Set(tokens).size).toBe(4);
    expect(clientTokenOf(attemptKey(finding))).toBe(tokens[0]);
  });
});

describe('TAGS', () => {
  it('keys and values have only characters that Systems Manager allows: others refuse every start', () => {
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html
    const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
    const key = attemptKey(finding, 3);
    const token = TAGS.token(clientTokenOf(key));
    for (const text of [TAGS.findingId, TAGS.attempt, TAGS.opsItemId, token, key.findingId, key.attempt])
      expect(text).toMatch(allowed);
    expect(token.length).toBeLessThanOrEqual(128);
  });
});
