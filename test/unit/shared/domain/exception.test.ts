import { describe, expect, it } from 'vitest';
import { endOf, exceptionFor, type RemediationException } from '../../../../shared/domain/exception.ts';

const NOW = new Date('2024-05-13T04:10:02.000Z');
const SECONDS = NOW.getTime() / 1000;
const finding = { resource: 'arn:aws:s3:::logs', checkName: 'Amazon S3 Bucket Permissions' };

function an(changes: Partial<RemediationException> = {}): RemediationException {
  return { ...finding, owner: 'team', reason: 'public on purpose', expiresAt: SECONDS + 60, ...changes };
}
const holds = (changes: Partial<RemediationException>, now = NOW) =>
  exceptionFor([an(changes)], finding, now) !== undefined;

describe('exceptionFor', () => {
  it.each([
    ['the resource itself', {}, true],
    ['every check', { checkName: '*' }, true],
    ['a pattern', { resource: 'regex:^arn:aws:s3:::lo' }, true],
    ['a pattern is searched, not matched whole', { resource: 'regex:logs$' }, true],
    ['a pattern of another resource', { resource: 'regex:^logs' }, false],
    ['another resource', { resource: 'arn:aws:s3:::log' }, false],
    ['a part of the resource, that is no pattern', { resource: 'arn:aws:s3:::' }, false],
    ['a text that would be a pattern, without saying so', { resource: '.*' }, false],
    ['another check', { checkName: 'Amazon S3 Bucket' }, false],
    ['a check in capitals', { checkName: 'AMAZON S3 BUCKET PERMISSIONS' }, false],
    [
      'the name with a space behind it, as the console copies it',
      { checkName: `${finding.checkName} ` },
      true,
    ],
    ['a broken pattern: what it meant to spare cannot be known', { resource: 'regex:(' }, true],
    ['a broken pattern, for every check', { resource: 'regex:(?=x)', checkName: '*' }, true],
    ['a broken pattern of another check', { resource: 'regex:(', checkName: 'other' }, false],
  ] as const)('%s: %o holds: %s', (_, changes, expected) => {
    expect(holds(changes)).toBe(expected);
  });

  it('a check whose own name ends in a space is meant by the name without it', () => {
    const spaced = { ...finding, checkName: 'Load Balancer Optimization ' };
    const exception = an({ checkName: 'Load Balancer Optimization' });
    expect(exceptionFor([exception], spaced, NOW)).toEqual(exception);
  });

  it.each([
    [1, true],
    [0, false],
    [-1, false],
  ])('that ends in %i s holds: %s', (seconds, expected) => {
    expect(holds({ expiresAt: SECONDS + seconds })).toBe(expected);
  });

  it('holds until the last millisecond', () => {
    const end = { expiresAt: SECONDS };
    expect(holds(end, new Date(NOW.getTime() - 1))).toBe(true);
    expect(holds(end, NOW)).toBe(false);
  });

  it.each([SECONDS * 1e6, -SECONDS * 1e6, Number.MAX_VALUE, Number.NaN])(
    'an end that is no time, such as one in microseconds, does not end it: %f',
    (expiresAt) => {
      expect(endOf(an({ expiresAt }))).toBe(Number.POSITIVE_INFINITY);
      expect(holds({ expiresAt })).toBe(true);
    },
  );

  it('without an end it holds for good', () => {
    expect(holds({ expiresAt: undefined }, new Date('9999-01-01T00:00:00Z'))).toBe(true);
    expect(endOf(an({ expiresAt: undefined }))).toBe(Number.POSITIVE_INFINITY);
  });

  it('of several the one that lasts longest counts, however they are ordered', () => {
    const short = an({ expiresAt: SECONDS + 1 });
    const long = an({ expiresAt: SECONDS + 2, checkName: '*' });
    const forever = an({ expiresAt: undefined, resource: 'regex:logs' });
    const other = an({ resource: 'other', expiresAt: undefined });
    expect(exceptionFor([short, long], finding, NOW)).toBe(long);
    expect(exceptionFor([long, short], finding, NOW)).toBe(long);
    expect(exceptionFor([short, forever, long, other], finding, NOW)).toBe(forever);
    expect(exceptionFor([], finding, NOW)).toBeUndefined();
  });
});
