import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMapping } from '../../../helpers/findings.ts';
import { GuardsModel } from '../../../helpers/guards-model.ts';
import { story } from '../../../helpers/guards-steps.ts';

// Whatever happens, in whatever order: nothing is started that a guard forbids, nobody is left untold, nothing leaks.
// FC_RUNS=5000 plays more stories than the few that every run has time for.

// biome-ignore lint/style/noProcessEnv: a test's own switch, which is no configuration of what is deployed
const RUNS = Number(process.env.FC_RUNS ?? 100);

/** Every key of operational data that was written in any story. */
const written = new Set<string>();

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
          for (const { data } of model.world.opsItems.all)
            for (const key of Object.keys(data)) written.add(key);
        }),
        { seed: 4, numRuns: RUNS },
      );
    },
    20_000 + RUNS * 50,
  );

  it('no key that is written on an OpsItem may be one of a mapping', () => {
    expect(written).toContain('decision');
    for (const key of written)
      expect(() => aMapping({ opsItem: { data: { [key]: 'x' } } }), key).toThrow('Remediator itself');
  });
});
