import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/domain/finding.ts';
import { type Match, matchResource } from '../../../../shared/domain/match.ts';
import { fillTemplate } from '../../../../shared/domain/template.ts';
import { aFinding, GROUP_ARN } from '../../../helpers/findings.ts';

interface Filling {
  readonly pattern?: string;
  readonly finding?: Partial<Finding>;
}

const MATCH: Match = matchResource('(sg-\\w+)', GROUP_ARN);

/** Fills one parameter that holds one value. */
function fill(text: string, { pattern, finding = {} }: Filling = {}): string | undefined {
  const match = pattern ? matchResource(pattern, finding.resource ?? GROUP_ARN) : MATCH;
  return fillTemplate(JSON.stringify({ P: [text] }), aFinding(finding), match).P?.[0];
}

describe('properties', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(...'$"\'\\{}[]:,a1 \n'.split(''), '$resource', "$detail['b']", '{{', '}}'),
    maxLength: 20,
  });

  it('no value of an event changes anything but its own place: names, number of values, neighbours', () => {
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        const template = JSON.stringify({
          First: ["<$detail['a']>", 'fixed'],
          Second: ["$detail['b']"],
          Role: ['r'],
        });
        try {
          const filled = fillTemplate(template, aFinding({ detail: { a, b } }), MATCH);
          expect(filled).toEqual({ First: [`<${a}>`, 'fixed'], Second: [b], Role: ['r'] });
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^PARAMETER_(EMPTY|UNSAFE)$/) });
        }
      }),
    );
  });

  it('values are never expanded anew', () => {
    const sneaky = fc.constantFrom('$resourceId', '$1', '$$', "$detail['b']", '$account', '$nothing', '$');
    fc.assert(
      fc.property(fc.array(sneaky, { minLength: 1, maxLength: 5 }), (parts) => {
        const a = parts.join(' ');
        expect(fill("$detail['a']", { finding: { detail: { a, b: 'expanded' } } })).toBe(a);
      }),
    );
  });

  it('what comes out never holds {{ }} or control characters, whatever values meet', () => {
    const brace = fc.string({ unit: fc.constantFrom('{', '}', 'x', '\n'), maxLength: 4 });
    fc.assert(
      fc.property(brace, brace, fc.constantFrom('', '{', '}', ' '), (a, b, between) => {
        try {
          const filled = fill(`$detail['a']${between}$detail['b']`, { finding: { detail: { a, b } } });
          expect(filled).not.toMatch(/\{\{|\}\}|\n/);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^PARAMETER_(EMPTY|UNSAFE)$/) });
        }
      }),
    );
  });

  it('$$ is the way to write any text: escaped, it comes out as it was', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100 }), (text) => {
        expect(fill(text.replaceAll('$', '$$$$'))).toBe(text);
      }),
    );
  });
});
