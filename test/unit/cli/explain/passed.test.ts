import { expect, it } from 'vitest';
import { PASSED } from '../../../../cli/explain/passed.ts';
import { BRAKES } from '../../../../shared/domain/brakes.ts';
import { GATES } from '../../../../shared/domain/gates.ts';

it('says of every gate and brake what passing it means, and of nothing else', () => {
  expect(Object.keys(PASSED)).toEqual([...GATES, ...BRAKES].map(({ name }) => name));
});
