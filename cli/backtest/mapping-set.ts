import { RemediatorError } from '../../shared/domain/errors.ts';
import type { Mapping } from '../../shared/domain/mapping.ts';
import { mappingAmong } from '../../shared/domain/mapping-rows.ts';
import { DEFAULTS_ROW } from '../../shared/domain/mapping-schema.ts';
import { patternFault } from '../../shared/domain/match.ts';
import type { Runbook } from '../../shared/domain/runbook.ts';
import { parseTemplate } from '../../shared/domain/template.ts';
import { CliError } from '../cli-error.ts';
import { assumedSurroundings } from '../explain/assumed.ts';
import { readMappings } from '../explain/read-mappings.ts';
import type { SetSummary } from './set-summary.ts';

/** Mapping rows and what is known of their runbooks. */
export interface MappingSet {
  /** By their checks' names. */
  readonly rows: ReadonlyMap<string, unknown>;
  /** By the names of the rows' checks. */
  readonly runbooks: ReadonlyMap<string, Runbook>;
  readonly summary: SetSummary;
}

/** One after the other. @throws CliError as loadMappingSet */
export async function loadMappingSets(paths: readonly string[]): Promise<readonly MappingSet[]> {
  const sets: MappingSet[] = [];
  for (const path of paths) sets.push(await loadMappingSet(path));
  return sets;
}

/**
 * Mapping rows from a file or a directory, as explain takes them.
 * @throws CliError as readMappings; NO_MAPPINGS
 */
export async function loadMappingSet(path: string): Promise<MappingSet> {
  const rows = await readMappings(path);
  const checks = [...rows.keys()].filter((name) => name !== DEFAULTS_ROW);
  if (checks.length === 0)
    throw new CliError(
      'NO_MAPPINGS',
      `${path} holds no mapping of any check: name rows, a pack, or a directory`,
    );
  const runbooks = new Map<string, Runbook>();
  const mappings = new Map<string, Mapping>();
  const broken: string[] = [];
  const assumedRunbooks = new Set<string>();
  const describe = describer((name) => assumedRunbooks.add(name));
  for (const name of checks) {
    const mapping = mappingAmong(rows, name);
    if (mapping === undefined) continue;
    if (mapping instanceof RemediatorError) {
      broken.push(mapping.message);
      continue;
    }
    mappings.set(name, mapping);
    const fault = faultOf(mapping);
    if (fault !== undefined) broken.push(`The mapping row ${JSON.stringify(name)} is broken: ${fault}`);
    const runbook = await describe(mapping);
    if (runbook instanceof RemediatorError) broken.push(runbook.message);
    else runbooks.set(name, runbook);
  }
  const summary = { path, mappings, broken, assumedRunbooks: [...assumedRunbooks].sort() };
  return { rows, runbooks, summary };
}

/** Documents of the checkout are large, and many rows name the same one: each is read once. */
function describer(assume: (runbook: string) => void) {
  const known = new Map<string, Runbook | RemediatorError>();
  return async (mapping: Mapping): Promise<Runbook | RemediatorError> => {
    const name = mapping.ssmAutomationDocument;
    const before = known.get(name);
    if (before) return before;
    let isAssumed = false;
    const { runbooks } = assumedSurroundings({
      mapping,
      tags: undefined,
      assume: () => {
        isAssumed = true;
      },
    });
    // Where it is does not matter: there is one of each name in the checkout.
    const runbook = await runbooks.describe(name, { account: '', region: '' });
    // What is assumed takes the parameters of its own row.
    if (isAssumed) assume(name);
    else known.set(name, runbook);
    return runbook;
  };
}

/** What makes a row's pattern or template useless for every finding. */
function faultOf(mapping: { readonly regexPattern: string; readonly automationParameters: string }) {
  const fault = patternFault(mapping.regexPattern);
  if (fault !== undefined) return `regexPattern: ${fault}`;
  try {
    parseTemplate(mapping.automationParameters);
    return undefined;
  } catch (error) {
    if (error instanceof RemediatorError) return error.message;
    throw error;
  }
}
