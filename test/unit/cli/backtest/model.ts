import type { MappingSet } from '../../../../cli/backtest/mapping-set.ts';
import type { SetSummary } from '../../../../cli/backtest/set-summary.ts';
import { type Kind, kindOf } from '../../../../cli/backtest/tally.ts';
import { type CheckGuard, conclude, NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import { decide } from '../../../../shared/domain/decide.ts';
import type { TrackedFinding } from '../../../../shared/domain/finding.ts';
import { mappingFrom } from '../../../../shared/domain/mapping.ts';
import { mappingAmong } from '../../../../shared/domain/mapping-rows.ts';
import { attemptKey, guardKeyOf, type Remediation } from '../../../../shared/domain/remediation.ts';
import { readingsOf } from '../../../../shared/sources/registry.ts';
import { FakeCheckStore } from '../../../helpers/fakes-check-store.ts';
import { aRemediation, aRunbook } from '../../../helpers/findings.ts';

/** An event of people's own about one security group. */
export function anEvent(said: {
  readonly check: string;
  readonly resource: string;
  readonly status: string;
  readonly time: string;
  /** Beside what every finding has. */
  readonly group?: string | undefined;
}) {
  const { check: checkName, resource, status, time, group } = said;
  return {
    version: '0',
    source: 'mine',
    'detail-type': 'Remediator Finding',
    account: '111122223333',
    region: 'eu-west-1',
    time,
    detail: {
      checkName,
      status,
      resource: `arn:aws:ec2:eu-west-1:111122223333:security-group/${resource}`,
      ...(group === undefined ? {} : { detail: { group } }),
    },
  };
}

/** Rows whose runbook takes what it is given. */
export function setOf(rows: readonly Readonly<Record<string, unknown>>[]): MappingSet & SetSummary {
  const mappings = new Map(rows.map((row) => [String(row.checkName), mappingFrom(row)]));
  const summary = { path: 'rows', mappings, broken: [], assumedRunbooks: [] };
  return {
    rows: new Map(rows.map((row) => [String(row.checkName), row])),
    runbooks: new Map(rows.map((row) => [String(row.checkName), aRunbook()])),
    summary,
    ...summary,
  };
}

/** What came of an episode, and whether a later event started it. */
interface Episode {
  readonly kind: Kind;
  readonly code: string;
  startedLater: boolean;
}

/**
 * What a backtest is to count, without anything that makes it fast: one event after the other through decide(), with
 * everything kept. Whatever starts succeeds at once, and is over before the next event.
 */
export class Model {
  readonly episodes: Episode[] = [];
  readonly #store = new FakeCheckStore();
  readonly #guards = new Map<string, CheckGuard>();
  readonly #histories = new Map<string, Remediation[]>();
  readonly #open = new Map<string, { readonly episode: Episode; isStarted: boolean; isArrived: boolean }>();
  readonly #set: MappingSet;

  constructor(set: MappingSet) {
    this.#set = set;
  }

  async take(event: ReturnType<typeof anEvent>): Promise<void> {
    for (const read of readingsOf(event)) {
      const finding = read();
      if ((await this.#store.track(finding)) === 'stale') continue;
      const tracked = [...this.#store.rows.values()].find(
        ({ resource, checkName }) => resource === finding.resource && checkName === finding.checkName,
      );
      if (tracked && tracked.status !== 'Green') this.#decide(tracked, new Date(event.time));
    }
  }

  #decide(finding: TrackedFinding, now: Date): void {
    const id = `${finding.findingId} ${finding.episode}`;
    const open = this.#open.get(id);
    if (open?.isStarted) return;
    const mapping = mappingAmong(this.#set.rows, finding.checkName);
    const guard = this.#guards.get(finding.checkName) ?? NO_GUARD;
    const history = this.#histories.get(finding.findingId) ?? [];
    const decision = decide({
      finding,
      now,
      attempt: 1,
      mapping,
      reachable: true,
      exceptions: [],
      tags: { team: 'a' },
      runbook: aRunbook(),
      calendars: { open: true },
      guard,
      history,
      ...(open ? { current: aRemediation({ state: 'Deferred', arrived: open.isArrived }) } : {}),
    });
    const isStarted = decision.action === 'start';
    const key = attemptKey(finding);
    const next = decision.guard ?? guard;
    const limits = mapping && 'requiredTags' in mapping ? mapping : {};
    const after = isStarted
      ? conclude(next, { key: guardKeyOf(key), outcome: 'Succeeded', limits, now })
      : next;
    this.#guards.set(finding.checkName, after);
    if (isStarted) {
      const at = now.toISOString();
      const over = aRemediation({ ...key, state: 'Resolved', enteredAt: { Running: at }, succeededAt: at });
      this.#histories.set(finding.findingId, [...history, over]);
    }
    if (open) {
      open.isStarted = isStarted;
      open.isArrived ||= decision.arrived ?? false;
      open.episode.startedLater = isStarted;
      return;
    }
    const { action, reason } = decision;
    const episode = { kind: kindOf({ action, code: reason.code }), code: reason.code, startedLater: false };
    this.episodes.push(episode);
    this.#open.set(id, { episode, isStarted, isArrived: decision.arrived ?? false });
  }

  /** How many episodes each thing came of; `later`: what had waited was started. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    const add = (name: string): void => {
      counts[name] = (counts[name] ?? 0) + 1;
    };
    for (const { kind, code, startedLater } of this.episodes) {
      add(`${kind} ${code}`);
      if (startedLater) add('later');
    }
    return counts;
  }
}
