import { defineConfig } from 'vitest/config';

/** What wants tools that a newcomer may not have, and takes its time: both AWS CLIs, every runbook and the
 * account's contract on moto, and the command line started again and again. */
export default defineConfig({
  test: {
    include: [
      'test/tools/**/*.test.ts',
      'test/unit/{,local/}runbooks/**/*.test.ts',
      'test/e2e/cli-{run,account,usage,operations,answers}.test.ts',
      'test/contract/account/moto.test.ts',
    ],
    env: { TRY_ON_MOTO: '1' },
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
