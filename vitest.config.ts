import { defineConfig } from 'vitest/config';

/** Of every part: a worker for each core (Vitest leaves one free), and room for a busy machine. */
const common = { testTimeout: 20_000, hookTimeout: 20_000 };

/** What starts a process or a cloud again and again, or asks moto the same once more, takes its time: `npm run test:tools`. */
export const slow = [
  'test/e2e/cli-{run,account,usage,operations,answers,mappings,dlq,doctor,completion,backtest,warm-up}.test.ts',
  'test/e2e/{demo,start,storm,bad-input,bad-runbooks,change-calendar,state-events,verification,essential-eight}.test.ts',
  'test/contract/account/moto.test.ts',
];

export default defineConfig({
  test: {
    maxWorkers: '100%',
    coverage: { include: ['functions/**', 'shared/**', 'local/**', 'cli/**'] },
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
          exclude: ['test/unit/functions/**', ...slow],
          // These keep no state in modules, and loading them anew for every file would double the time.
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: 'whole',
          include: ['test/unit/functions/**/*.test.ts', 'test/e2e/**/*.test.ts'],
          exclude: slow,
        },
      },
    ],
  },
});
