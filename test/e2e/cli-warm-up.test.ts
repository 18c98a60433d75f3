import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI, ENVIRONMENT, folder } from '../helpers/cli.ts';
import { run } from '../helpers/process.ts';

test('what npm ci prepares runs every command that it means to', async () => {
  const script = join(CLI, '..', 'warm-up.mjs');
  const { code, stdout, stderr } = await run(process.execPath, [script], { cwd: folder, env: ENVIRONMENT });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
});
