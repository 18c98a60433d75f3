import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuardsModel } from '../../../helpers/guards-model.ts';
import { story } from '../../../helpers/guards-steps.ts';

// Whatever happens, in whatever order: nothing is started that a guard forbids, nobody is left untold, nothing leaks.
// FC_RUNS=5000 plays more stories than the few that every run has time for.

// biome-ignore lint/style/noProcessEnv: a test's own switch, which is no configuration of what is deployed
const RUNS = Number(process.env.FC_RUNS ?? 100);

describe('whatever happens', () => {
  it(
    `no guard is passed, nobody is left untold, and nothing leaks (property, ${RUNS} stories)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async (steps) => {
          const model = new GuardsModel();
          for (const each of steps) await model.take(each);
          await model.settle();
          expect(model.broken).toEqual([]);
        }),
        { seed: 4, numRuns: RUNS },
      );
    },
    20_000 + RUNS * 50,
  );
});
