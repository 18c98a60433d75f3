import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,e2e}/**/*.test.ts'],
    // Vitest leaves one core free otherwise, which is half of a machine with two.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: { include: ['functions/**', 'shared/**', 'local/**', 'cli/**'] },
  },
});
