import { DEFAULTS_ROW, defaultsSchema, rowSchema } from '../../shared/domain/mapping-schema.ts';
import { patternFault } from '../../shared/domain/match.ts';
import type { Catalogue } from './catalogue.ts';
import { checkAgainstRunbook } from './check-parameters.ts';
import { checkTemplate, groupsOf } from './check-template.ts';
import type { FileFault } from './fault.ts';
import type { JsonPath } from './json-places.ts';
import { attributesAt } from './json-schema.ts';
import { checkNameFaults } from './known-checks.ts';
import type { Row } from './mappings-file.ts';
import { didYouMean, nearest } from './nearest.ts';
import { ANNOTATIONS, annotationsSchema, packAnnotationsSchema } from './pack-schema.ts';
import { textOf, toTableRow } from './table-row.ts';

/** As much of a schema's issue as a fault needs. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly issues?: readonly { readonly message: string }[];
}

export interface CheckRowOptions {
  readonly catalogue: Catalogue;
  /** Whether it is a pack's: those say why, and how to undo. */
  readonly ofPack: boolean;
}

/** Everything that is wrong with a row whose parameters are filled in. Paths begin at the row. */
export async function checkRow(
  row: Row,
  { catalogue, ofPack }: CheckRowOptions,
): Promise<readonly FileFault[]> {
  const faults = schemaFaults(row, ofPack);
  if (row.checkName === DEFAULTS_ROW) return faults;
  faults.push(...checkNameFaults(row.checkName));
  const pattern = typeof row.regexPattern === 'string' ? patternFault(row.regexPattern) : undefined;
  if (pattern !== undefined)
    faults.push({ path: ['regexPattern'], code: 'NotRe2', message: `regexPattern: ${pattern}` });
  const groups = groupsOf(row.regexPattern);
  for (const [attribute, document] of [
    ['automationParameters', 'ssmAutomationDocument'],
    ['rollbackParameters', 'rollbackDocument'],
  ] as const) {
    const template = row[attribute];
    if (template === undefined) continue;
    const checked = checkTemplate({ attribute, template: textOf(template), groups });
    faults.push(...checked.faults);
    const runbook = row[document];
    // A template that is none would lack every parameter: one fault says enough.
    const readable = !checked.faults.some(({ code }) => code === 'WrongTemplate');
    if (typeof runbook === 'string' && runbook !== '' && readable)
      faults.push(...(await runbookFaults({ attribute, document, runbook }, checked.parameters, catalogue)));
  }
  return faults;
}

function schemaFaults(row: Row, ofPack: boolean): FileFault[] {
  const schema = row.checkName === DEFAULTS_ROW ? defaultsSchema : rowSchema;
  const known = Object.keys(schema.shape);
  const issues: readonly Issue[] = [
    ...(schema.safeParse(toTableRow(row)).error?.issues ?? []),
    ...((ofPack ? packAnnotationsSchema : annotationsSchema).safeParse(row).error?.issues ?? []),
  ];
  return issues.flatMap((issue) => toFaults(issue, { row, known: [...known, ...ANNOTATIONS] }));
}

function toFaults(
  { code, path, message, keys = [], issues }: Issue,
  { row, known }: { readonly row: Row; readonly known: readonly string[] },
): FileFault[] {
  const at = path.filter((part) => typeof part !== 'symbol') as JsonPath;
  if (code === 'unrecognized_keys')
    return keys.map((key) => ({
      path: [...at, key],
      on: 'key',
      code: 'UnknownAttribute',
      message: `there is no attribute ${[...at, key].join('.')}${didYouMean(key, at.length === 0 ? known : attributesAt(at))}`,
    }));
  const [name] = at;
  if (at.length === 1 && name !== undefined && !Object.hasOwn(row, name) && code === 'invalid_type')
    return [{ path: [], code: 'MissingAttribute', message: `${name} is missing` }];
  const text = code === 'invalid_key' ? (issues?.[0]?.message ?? message) : message;
  return [{ path: at, code: 'WrongValue', message: `${at.join('.') || 'row'}: ${text}` }];
}

interface Named {
  readonly attribute: string;
  readonly document: string;
  readonly runbook: string;
}

async function runbookFaults(
  { attribute, document, runbook }: Named,
  parameters: ReadonlyMap<string, readonly string[]>,
  catalogue: Catalogue,
): Promise<FileFault[]> {
  const found = await catalogue.find(runbook);
  if (found !== undefined) return checkAgainstRunbook(attribute, parameters, found);
  const near = nearest(runbook, catalogue.names);
  const suggestion = near === undefined ? '' : ` (did you mean ${near}?)`;
  const isSlip = near !== undefined && near.toLowerCase() === runbook.toLowerCase();
  // Somebody's own runbook is in no list: its account has to be asked.
  const severity = catalogue.isComplete || isSlip ? 'error' : 'warning';
  const message = catalogue.isComplete
    ? `there is no runbook ${runbook} there${suggestion}`
    : `the runbook ${runbook} is not in the bundled catalogue${suggestion}: its parameters were not checked; --region asks AWS`;
  return [{ path: [document], code: 'UnknownRunbook', message, severity }];
}
