import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import type { Finding, TrackedFinding } from '../../../../shared/domain/finding.ts';
import type { RecheckAnswer } from '../../../../shared/ports.ts';
import { type RecheckOutcome, recheckFinding } from '../../../../shared/use-cases/recheck-finding.ts';
import { aWorld } from '../../../helpers/fakes-world.ts';
import { aFinding } from '../../../helpers/findings.ts';

const SEEN = aFinding().observedAt;
const SINCE = new Date(SEEN.getTime() + 60_000);
const after = (ms: number) => new Date(SINCE.getTime() + ms);

/** What comes of asking after these findings have been tracked, one after the other, for the first episode. */
async function recheck(
  findings: readonly Partial<Finding>[],
  answer: RecheckAnswer | RemediatorError = 'asked',
): Promise<{ outcome: RecheckOutcome; asked: (readonly [TrackedFinding, Date])[] }> {
  const world = aWorld();
  let findingId = 'unknown';
  for (const each of findings) findingId = (await world.record(each)).findingId;
  const asked: (readonly [TrackedFinding, Date])[] = [];
  const port = {
    ask: async (finding: TrackedFinding, since: Date) => {
      asked.push([finding, since]);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const deps = { checks: world.checks, accounts: world.deps.accounts, recheck: port };
  return { outcome: await recheckFinding(deps, { findingId, episode: 1, since: SINCE }), asked };
}

describe('an attempt that waits for Green', () => {
  it.each(['asked', 'asked already', 'cannot be asked', 'refused'] as const)(
    'its source is asked to look again: %s',
    async (answer) => {
      const { outcome, asked } = await recheck([{}], answer);
      expect(outcome).toBe(answer);
      expect(asked).toEqual([[expect.objectContaining({ ...aFinding(), episode: 1 }), SINCE]]);
    },
  );

  it('what the source says later is thrown, to be tried again', async () => {
    await expect(recheck([{}], new RemediatorError('SOURCE_BUSY', 'Later.'))).rejects.toMatchObject({
      code: 'SOURCE_BUSY',
    });
  });
});

describe('nobody is asked', () => {
  const green = { status: 'Green', observedAt: new Date(SEEN.getTime() + 1) } as const;

  it.each([
    ['the finding is Green', [{}, green], 'over'],
    ['the finding is in a later episode', [{}, green, { observedAt: new Date(SEEN.getTime() + 2) }], 'over'],
    ['the finding is not known', [], 'over'],
    ['the source has looked since', [{}, { observedAt: after(1) }], 'seen since'],
    ['there is no role for us in its account', [{ account: '999999999999' }], 'cannot be asked'],
  ] as const)('%s: %s', async (_, findings, expected) => {
    expect(await recheck(findings)).toEqual({ outcome: expected, asked: [] });
  });

  it('what the source saw at the very time of the success is not taken for a look after it', async () => {
    expect((await recheck([{ observedAt: SINCE }])).outcome).toBe('asked');
  });
});
