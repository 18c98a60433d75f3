import { NO_GUARD } from '../../shared/domain/check-guard.ts';
import { decide } from '../../shared/domain/decide.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { type CheckNames, type Finding, parseArn } from '../../shared/domain/finding.ts';
import { type Mapping, mappingKeysOf } from '../../shared/domain/mapping.ts';
import { mappingAmong } from '../../shared/domain/mapping-rows.ts';
import { tagsWanted } from '../explain/assumed.ts';
import type { Outcome } from './chunk.ts';
import type { MappingSet } from './mapping-set.ts';

/** How many checks a judge remembers the rows of: rules and alarms can have any number of names. */
const MOST_KNOWN = 10_000;

/** Decides about findings of which nothing else is known, by one set of mappings. */
export class Judge {
  readonly #set: MappingSet;
  readonly #mappings = new Map<string, Mapping | RemediatorError>();
  readonly #rowsOfChecks = new Map<string, string | null>();

  constructor(set: MappingSet) {
    this.#set = set;
  }

  /** The name of the row that a check is under. */
  rowOf(check: CheckNames): string | undefined {
    const { checkName, checkId, checkAliases } = check;
    const key =
      checkId === undefined && checkAliases === undefined
        ? checkName
        : `${checkName}\n${checkId ?? ''}\n${checkAliases?.join('\n') ?? ''}`;
    let row = this.#rowsOfChecks.get(key);
    if (row === undefined) {
      row = mappingKeysOf(check).find((name) => this.#set.rows.get(name) !== undefined) ?? null;
      if (this.#rowsOfChecks.size >= MOST_KNOWN) this.#rowsOfChecks.clear();
      this.#rowsOfChecks.set(key, row);
    }
    return row ?? undefined;
  }

  /** @returns an error for a row that is broken */
  mappingOf(row: string): Mapping | RemediatorError {
    const known = this.#mappings.get(row);
    if (known !== undefined) return known;
    const mapping = mappingAmong(this.#set.rows, row);
    if (mapping === undefined) throw new TypeError(`There is no row ${row}`);
    this.#mappings.set(row, mapping);
    return mapping;
  }

  /** Whether the finding's row asks for something in its detail. */
  needsDetail(check: CheckNames): boolean {
    const row = this.rowOf(check);
    if (row === undefined) return false;
    const mapping = this.mappingOf(row);
    return !(mapping instanceof RemediatorError) && mapping.automationParameters.includes('$detail[');
  }

  /** What would come of it if nothing had happened before. */
  outcomeOf(finding: Finding, now: Date): Outcome {
    const row = this.rowOf(finding);
    const mapping = row === undefined ? undefined : this.mappingOf(row);
    const isUsable = mapping !== undefined && !(mapping instanceof RemediatorError);
    const { action, reason, runbook } = decide({
      // Not spread: its detail is not made where no template asks for it.
      finding: Object.assign(finding, { findingId: '', episode: 1 }),
      now,
      attempt: 1,
      mapping,
      reachable: true,
      exceptions: [],
      guard: NO_GUARD,
      history: [],
      ...(isUsable && row !== undefined ? this.#surroundings(finding, mapping, row) : {}),
    });
    return {
      action,
      code: reason.code,
      ...(runbook === undefined ? {} : { runbook }),
      ...(row === undefined ? {} : { row }),
    };
  }

  /** Everything is as it has to be for the runbook to start. */
  #surroundings(finding: Finding, mapping: Mapping, row: string) {
    return {
      tags: parseArn(finding.resource) ? tagsWanted(mapping) : undefined,
      runbook: this.#set.runbooks.get(row),
      calendars: { open: true },
    };
  }
}
