import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll } from 'vitest';
import { ROOT } from './checkout.ts';
import { type Ended, type RunOptions, run } from './process.ts';

/** The command itself, as `npx remediator` runs it. */
export const CLI = join(ROOT, 'cli', 'remediator.ts');
export const DISABLE = join(ROOT, 'local', 'runbooks', 'AWS-DisablePublicAccessForSecurityGroup.yaml');
/** A parameter of it: the group that the account in memory has. */
export const GROUP = 'GroupId=sg-0a1b2c3d4e5f67890';

/** Where the command is run, and its documents are; one for each test file. */
export const folder = mkdtempSync(join(tmpdir(), 'remediator-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

// biome-ignore lint/style/noProcessEnv: the command is run as a person runs it, but without that person's AWS.
const { PATH } = process.env;
export const ENVIRONMENT = { PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1' };

export function cli(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(process.execPath, [CLI, ...args], { cwd: folder, env: ENVIRONMENT, ...options });
}

/** Writes a file into the folder, and gives its name. */
export function write(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return name;
}

/** A document of these steps, in JSON. */
export function runbook(name: string, steps: readonly object[], more: object = {}): string {
  return write(name, JSON.stringify({ schemaVersion: '0.3', ...more, mainSteps: steps }));
}

/** A step that does nothing. */
export const sleep = (name: string, more: object = {}) => ({
  name,
  action: 'aws:sleep',
  inputs: { Duration: 'PT0S' },
  ...more,
});
