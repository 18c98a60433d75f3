import { admit, type CheckGuard, NO_GUARD } from '../../shared/domain/check-guard.ts';
import { coolDownEnd, loopReason, type PastAttempt } from '../../shared/domain/history.ts';
import type { Mapping } from '../../shared/domain/mapping.ts';
import { asksForDetail } from '../../shared/domain/template.ts';
import type { Outcome } from './chunk.ts';

/** An episode as its course goes on. */
export interface Step {
  /** Stands for the finding. */
  readonly key: number;
  readonly check: string;
  readonly now: Date;
  /** It has been counted among the check's arrivals. */
  readonly arrived: boolean;
}

export interface Settled {
  readonly outcome: Outcome;
  readonly arrived: boolean;
  /** A newer event of the same finding is decided anew; of anything else the same would come again. */
  readonly waits: boolean;
}

type Judged = Omit<Settled, 'waits'>;

/** A check whose storm breaker opened: nothing of it starts from then on. */
export interface Storm {
  readonly check: string;
  readonly since: string;
}

/** Of how many findings the starts are remembered: those that were started last. */
const MOST_FINDINGS = 50_000;
/** More than any loop's `times`. */
const MOST_STARTS = 101;

/**
 * What one set of mappings brings about in recorded time: what was started before, and how often, has a say in what is
 * started next. Every start is taken to succeed at once, so `maxConcurrent` and the failure breaker object to nothing.
 */
export class Course {
  readonly #mappings: ReadonlyMap<string, Mapping>;
  readonly #guards = new Map<string, CheckGuard>();
  /** Times of starts by finding, those of the finding that was started last at the end. */
  readonly #starts = new Map<number, number[]>();
  readonly storms: Storm[] = [];
  /** How many findings' starts had to be forgotten. */
  forgotten = 0;

  /** @param mappings by the names of the rows' checks */
  constructor(mappings: ReadonlyMap<string, Mapping>) {
    this.#mappings = mappings;
  }

  /**
   * @param outcome what would come of it if nothing had happened before
   * @returns what comes of it: gates and brakes in the order of shared/domain/brakes.ts
   */
  settle(outcome: Outcome, step: Step): Settled {
    const mapping = outcome.row === undefined ? undefined : this.#mappings.get(outcome.row);
    const judged = mapping ? this.#judged(outcome, mapping, step) : { outcome, arrived: step.arrived };
    return { ...judged, waits: waits(judged.outcome, mapping) };
  }

  #judged(outcome: Outcome, mapping: Mapping, step: Step): Judged {
    const { arrived } = step;
    if (!rests(outcome)) return { outcome, arrived };
    const brake = this.#brake(outcome, mapping, step);
    if (brake !== undefined) return { outcome: { ...outcome, ...brake }, arrived };
    return outcome.action === 'start' ? this.#start(outcome, mapping, step) : { outcome, arrived };
  }

  #brake(
    { action }: Outcome,
    mapping: Mapping,
    { key, now }: Step,
  ): Pick<Outcome, 'action' | 'code'> | undefined {
    const starts = this.#starts.get(key);
    if (starts === undefined) return undefined;
    const history = starts.map(attemptAt);
    const loop = loopReason(history, mapping, { now, episode: history.length + 1 });
    if (loop !== undefined) return { action: 'notify', code: loop.code };
    if (action === 'dryRun') return undefined;
    return coolDownEnd(history, mapping, now) && { action: 'defer', code: 'COOLING_DOWN' };
  }

  #start(outcome: Outcome, mapping: Mapping, step: Step): Judged {
    const { maxPerHour, stopAfter } = mapping;
    const { key, now } = step;
    if (maxPerHour === undefined && stopAfter === undefined) {
      this.#started(key, now);
      return { outcome, arrived: true };
    }
    const before = this.#guards.get(step.check) ?? NO_GUARD;
    const name = `${key} ${now.getTime()}`;
    const arrival = step.arrived ? undefined : name;
    const admission = admit(before, { key: name, arrival, limits: { maxPerHour, stopAfter }, now });
    this.#guards.set(step.check, admission.guard);
    if (admission.guard.storm && !before.storm)
      this.storms.push({ check: step.check, since: admission.guard.storm.openedAt });
    if (!admission.admitted)
      return { outcome: { ...outcome, action: 'defer', code: admission.reason.code }, arrived: true };
    this.#started(key, now);
    return { outcome, arrived: true };
  }

  #started(key: number, now: Date): void {
    const starts = this.#starts.get(key) ?? [];
    this.#starts.delete(key);
    if (this.#starts.size >= MOST_FINDINGS) {
      const [oldest] = this.#starts.keys();
      if (oldest !== undefined) this.#starts.delete(oldest);
      this.forgotten += 1;
    }
    if (starts.length >= MOST_STARTS) starts.shift();
    starts.push(now.getTime());
    this.#starts.set(key, starts);
  }
}

/** Whether brakes have a say in it: gates and what cannot be filled in come before. */
function rests({ action, code }: Outcome): boolean {
  return action === 'start' || action === 'ask' || action === 'dryRun' || code === 'WINDOW_CLOSED';
}

/** It waits for a time, or for an event that says what its template asks for. */
function waits({ action, code }: Outcome, mapping: Mapping | undefined): boolean {
  if (action === 'defer' || code === 'LOOP_DETECTED') return true;
  return action !== 'start' && mapping !== undefined && asksForDetail(mapping.automationParameters);
}

/** A start that succeeded, and whose finding turned Green. */
function attemptAt(ms: number, index: number): PastAttempt {
  const at = new Date(ms).toISOString();
  return { attempt: `${index + 1}-1`, state: 'Resolved', enteredAt: { Running: at }, succeededAt: at };
}
