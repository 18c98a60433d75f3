import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { trustedAdvisorCheckNames } from '../../shared/sources/trusted-advisor-checks.ts';
import type { FileFault } from './fault.ts';
import { nearest } from './nearest.ts';

const PACKS = join(import.meta.dirname, '..', '..', 'mappings');

/** Names of the packs of this checkout. */
export function packNames(): string[] {
  return readdirSync(PACKS)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}

/** The file of a pack of this checkout. */
export function packPath(name: string): string {
  return join(PACKS, `${name}.json`);
}

/** Next to each other without being slips: controls (`EC2.18`, `EC2.19`) and types of findings (`….Tcp`, `….Udp`). */
const NUMBERED_OR_TYPED = /^[A-Za-z]\w*\.\d+$|:/;
const MOST_EDITS = 2;

let known: ReadonlySet<string> | undefined;

/** A row under a name that is nearly a check's would never be found. */
export function checkNameFaults(checkName: unknown): FileFault[] {
  if (typeof checkName !== 'string' || NUMBERED_OR_TYPED.test(checkName)) return [];
  known ??= new Set([...trustedAdvisorCheckNames(), ...packNames().flatMap(checksOf)]);
  if (known.has(checkName)) return [];
  const meant = nearest(checkName, known, Math.min(MOST_EDITS, Math.floor(checkName.length / 5)));
  if (meant === undefined) return [];
  return [
    {
      path: ['checkName'],
      code: 'UnknownCheck',
      severity: 'warning',
      message: `no check is known as ${JSON.stringify(checkName)} (did you mean ${meant}?)`,
    },
  ];
}

function checksOf(pack: string): string[] {
  const { rows } = JSON.parse(readFileSync(packPath(pack), 'utf8')) as {
    readonly rows: readonly { readonly checkName: string }[];
  };
  return rows.map(({ checkName }) => checkName);
}
