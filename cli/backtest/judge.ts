import { NO_GUARD } from '../../shared/domain/check-guard.ts';
import { decide } from '../../shared/domain/decide.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { type CheckNames, parseArn, type TrackedFinding } from '../../shared/domain/finding.ts';
import { type Mapping, mappingKeysOf } from '../../shared/domain/mapping.ts';
import { mappingAmong } from '../../shared/domain/mapping-rows.ts';
import type { Runbook } from '../../shared/domain/runbook.ts';
import { asksForDetail } from '../../shared/domain/template.ts';
import { tagsWanted } from '../explain/assumed.ts';
import type { Outcome } from './chunk.ts';
import type { MappingSet } from './mapping-set.ts';

/** A mapping row, and what it asks of the findings that it is for. */
export interface Row {
  /** The check that it is under. */
  readonly name: string;
  /** From 1, among the rows of its set. */
  readonly number: number;
  /** An error for a row that is broken. */
  readonly mapping: Mapping | RemediatorError;
  readonly runbook: Runbook | undefined;
  /** Its template asks for something in a finding's detail. */
  readonly needsDetail: boolean;
  /** What comes of a finding is the same at any time. */
  readonly isTimeless: boolean;
}

/** What a finding is decided by, beside itself. */
interface Case {
  /** undefined: no row is for it. */
  readonly row: Row | undefined;
  readonly now: Date;
}

/** How many checks a judge remembers the rows of: rules and alarms can have any number of names. */
const MOST_KNOWN = 10_000;

/** Decides about findings of which nothing else is known, by one set of mappings. */
export class Judge {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #rowsOfChecks = new Map<string, Row | null>();

  constructor({ rows, runbooks }: MappingSet) {
    const usable = [...rows.keys()].flatMap((name) => {
      const mapping = mappingAmong(rows, name);
      return mapping === undefined ? [] : [{ name, mapping, runbook: runbooks.get(name) }];
    });
    this.#rows = new Map(
      usable.map((row, index) => [row.name, { ...row, number: index + 1, ...wantsOf(row) }]),
    );
  }

  /** The row that a check is under. */
  rowOf(check: CheckNames): Row | undefined {
    const { checkName, checkId, checkAliases } = check;
    const key =
      checkId === undefined && checkAliases === undefined
        ? checkName
        : `${checkName}\n${checkId ?? ''}\n${checkAliases?.join('\n') ?? ''}`;
    let row = this.#rowsOfChecks.get(key);
    if (row === undefined) {
      const name = mappingKeysOf(check).find((each) => this.#rows.has(each));
      row = (name === undefined ? undefined : this.#rows.get(name)) ?? null;
      if (this.#rowsOfChecks.size >= MOST_KNOWN) this.#rowsOfChecks.clear();
      this.#rowsOfChecks.set(key, row);
    }
    return row ?? undefined;
  }

  /** What would come of it if nothing had happened before. */
  outcomeOf(finding: TrackedFinding, { row, now }: Case): Outcome {
    const { action, reason, runbook } = decide({
      finding,
      now,
      attempt: 1,
      mapping: row?.mapping,
      reachable: true,
      exceptions: [],
      guard: NO_GUARD,
      history: [],
      ...(row === undefined ? {} : surroundingsOf(finding, row)),
    });
    return {
      action,
      code: reason.code,
      ...(runbook === undefined ? {} : { runbook }),
      ...(row === undefined ? {} : { row: row.name }),
    };
  }
}

function wantsOf({ mapping }: Pick<Row, 'mapping'>): Pick<Row, 'needsDetail' | 'isTimeless'> {
  if (mapping instanceof RemediatorError) return { needsDetail: false, isTimeless: true };
  return {
    needsDetail: asksForDetail(mapping.automationParameters),
    isTimeless: mapping.windows.length === 0,
  };
}

/** Everything is as it has to be for the runbook to start. */
function surroundingsOf(finding: TrackedFinding, { mapping, runbook }: Row) {
  if (mapping instanceof RemediatorError) return {};
  return {
    tags: parseArn(finding.resource) ? tagsWanted(mapping) : undefined,
    runbook,
    calendars: { open: true },
  };
}
