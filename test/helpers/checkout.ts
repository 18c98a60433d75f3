import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const ROOT = join(import.meta.dirname, '..', '..');

const SOURCES = ['local', 'shared', 'functions', 'resources', 'runbooks', 'serverless.yml', 'package.json'];

/** A copy of what runs on the laptop, to be changed; gone when the test has ended. */
export function copyCheckout({ without }: { readonly without?: string } = {}): string {
  const copy = mkdtempSync(join(tmpdir(), 'remediator-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const name of SOURCES) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== without) symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  }
  return copy;
}
