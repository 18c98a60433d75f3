// Runs once after `npm ci`: what makes JavaScript of TypeScript is then done, and a person's first command begins as
// fast as the second one, with 20 MB less in each of its threads. Without it everything works, and begins more slowly.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const event = join(root, 'examples', 'finding.json');
const mappings = ['--mappings', join(root, 'examples', 'mapping.json')];

const COMMANDS = [
  ['--help'],
  ['explain', event, ...mappings],
  // How much will come from standard input is not known, so that threads are begun.
  ['backtest', '-', ...mappings],
];

/** Stops at what cannot be run: the same is the matter with the rest. */
function warmUp() {
  const input = `${JSON.stringify(JSON.parse(readFileSync(event, 'utf8')))}\n`;
  for (const args of COMMANDS) {
    const bin = join(root, 'cli', 'bin.mjs');
    const { status, stderr, error } = spawnSync(process.execPath, [bin, ...args], {
      input,
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (status === 0) continue;
    const why = error?.message ?? stderr.trim().split('\n').at(-1);
    console.warn(`remediator ${args[0]} will begin slowly the first time: ${why}`);
    return;
  }
}

// Where only dependencies of the functions are installed, or only package.json is there, there is nothing to be run.
if (existsSync(event) && existsSync(join(root, 'node_modules', 'commander'))) warmUp();
