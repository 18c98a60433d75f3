import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Page, paginate } from '../../../../../local/account/memory/pagination.ts';

const invalidTokenCode = 'InvalidNextToken';

describe('paginate', () => {
  it('gives every item once, in order, whatever the size of a page', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        (all, maxResults) => {
          const seen: number[] = [];
          let nextToken: string | undefined;
          do {
            const page: Page<number> = paginate(all, { maxResults, nextToken, invalidTokenCode });
            seen.push(...page.items);
            nextToken = page.nextToken;
          } while (nextToken !== undefined);
          expect(seen).toEqual(all);
        },
      ),
    );
  });

  it('gives all at once where no size is asked for', () => {
    const page = paginate([1, 2, 3], { maxResults: undefined, nextToken: undefined, invalidTokenCode });
    expect(page).toEqual({ items: [1, 2, 3], nextToken: undefined });
  });

  it('refuses any token that it did not give', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (nextToken) => {
        expect(() => paginate([1, 2, 3], { maxResults: 1, nextToken, invalidTokenCode })).toThrow(
          expect.objectContaining({ code: invalidTokenCode }),
        );
      }),
    );
  });
});
