import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountFixture } from '../../account.fixture.ts';

/** The names of the groups that a filter on the name keeps. */
async function keep(names: readonly string[], pattern: string): Promise<unknown> {
  const { account, ec2 } = accountFixture();
  account.seed({
    securityGroups: names.map((description, index) => ({
      groupId: `sg-${index.toString(16).padStart(8, '0')}`,
      description,
    })),
  });
  const found = await ec2('DescribeSecurityGroups', {
    Filters: [{ Name: 'description', Values: [pattern] }],
  });
  return (found.SecurityGroups as { Description: string }[]).map(({ Description }) => Description);
}

describe('wildcards', () => {
  it.each([
    ['web*', ['web', 'web-1']],
    ['*-1', ['web-1', 'db-1']],
    ['?b-1', ['db-1']],
    ['*b*', ['web', 'web-1', 'db-1']],
    ['w?b', ['web']],
    ['\\*', ['*']],
    ['*', ['web', 'web-1', 'db-1', '*', 'default VPC security group']],
    ['.*', []],
    ['WEB', []],
  ])('%s', async (pattern, expected) => {
    const kept = await keep(['web', 'web-1', 'db-1', '*'], pattern);
    expect(new Set(kept as string[])).toEqual(new Set(expected));
  });

  it('take linear time on what would make an expression backtrack', async () => {
    const started = performance.now();
    expect(await keep(['a'.repeat(255)], `${'*a'.repeat(100)}b`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('match any text that a pattern was made from', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const escaped = value.replace(/[*?\\]/g, '\\$&');
        expect(await keep([value], escaped)).toEqual([value]);
        expect(await keep([value], `*${escaped}*`)).toContain(value);
      }),
      { numRuns: 50 },
    );
  });
});
