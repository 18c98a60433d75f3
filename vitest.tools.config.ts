import { defineConfig } from 'vitest/config';
import { slow } from './vitest.config.ts';

/** What wants tools that a newcomer may not have, or takes its time: both AWS CLIs, every runbook and the account's
 * contract on moto, the command line and the laptop's cloud started again and again. */
export default defineConfig({
  test: {
    include: ['test/tools/**/*.test.ts', 'test/unit/{,local/}runbooks/**/*.test.ts', ...slow],
    env: { TRY_ON_MOTO: '1' },
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
