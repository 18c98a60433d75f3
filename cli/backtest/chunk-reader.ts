import { isAscii } from 'node:buffer';
import { plainNameOf } from '../../shared/domain/check-names.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { LazyFinding } from '../../shared/sources/reading.ts';
import { isRecognised, lazyReadingsOf } from '../../shared/sources/registry.ts';
import { observedAt } from '../../shared/sources/time.ts';
import { labelOf, type Origin } from '../explain/event-from.ts';
import { type ChunkRead, type LineFault, type NamedCheck, OTHERS, type Outcome } from './chunk.ts';
import { type Decided, Decider } from './decider.ts';
import { eventsInLine, Unreadable } from './event-forms.ts';
import type { MappingSet } from './mapping-set.ts';
import { keyOf, SightingsList } from './sightings.ts';

/** What a reader is told once. */
export interface ReaderSetting {
  /** One or two: what is tried, and what it is held against. */
  readonly sets: readonly MappingSet[];
  readonly origin: Origin;
}

/** How many faults and strange events of a chunk are told one by one. */
const MOST_TOLD = 20;
/** How many names are remembered before it begins anew. */
const MOST_REMEMBERED = 20_000;

/** Reads chunks of lines, and decides what comes of their findings if nothing has happened before. */
export class ChunkReader {
  readonly #origin: Origin;
  readonly #decider: Decider;
  /** They are told of what has changed. */
  readonly #namesResources: boolean;
  readonly #checks = new Map<string, number>();
  readonly #plainNames = new Map<string, string>();
  readonly #sightings = new SightingsList();

  constructor({ sets, origin }: ReaderSetting) {
    this.#origin = origin;
    this.#decider = new Decider(sets);
    this.#namesResources = sets.length > 1;
  }

  read(lines: Buffer): ChunkRead {
    const reading = new Counts();
    this.#sightings.clear();
    // What is plain ASCII needs no decoding.
    const encoding = isAscii(lines) ? 'latin1' : 'utf8';
    for (let from = 0; from < lines.length; ) {
      const newline = lines.indexOf(0x0a, from);
      const end = newline < 0 ? lines.length : newline;
      reading.lines += 1;
      this.#readLine(lines.toString(encoding, from, end), reading);
      from = end + 1;
    }
    const { resources, ...counts } = reading;
    const told = ENCODER.encode(this.#namesResources ? JSON.stringify(resources) : '');
    return { ...counts, resources: told, sightings: this.#sightings.copy() };
  }

  #readLine(text: string, reading: Counts): void {
    const line = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    if (line.trim() === '') return;
    try {
      for (const event of eventsInLine(line, this.#origin)) this.#readEvent(event, reading);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      reading.fault(error.message);
    }
  }

  #readEvent(event: unknown, reading: Counts): void {
    reading.events += 1;
    // Making an error takes longer than reading an event, and a log group may hold little else.
    if (!isRecognised(event)) {
      reading.unknownEvent(labelOf(event));
      return;
    }
    for (const read of lazyReadingsOf(event)) {
      try {
        const finding = read();
        const sent = sentAt(event) ?? (finding.orderedAt ?? finding.observedAt).getTime();
        const seen = { key: keyOf(finding), sent, check: this.#checkOf(finding, reading) };
        const isGreen = finding.status === 'Green';
        const { number: outcome, fresh } = isGreen ? NOTHING : this.#decider.decide(finding, seen);
        if (fresh) reading.newOutcomes.push(fresh);
        if (this.#namesResources) reading.resources.push(isGreen ? '' : finding.resource);
        this.#sightings.push(finding, { ...seen, outcome });
      } catch (error) {
        if (!(error instanceof RemediatorError)) throw error;
        if (error.code === 'EVENT_NOT_RECOGNISED') reading.unknownEvent(labelOf(event));
        else reading.fault(`${error.code}: ${error.message}`);
      }
    }
  }

  /** A rule that others have decorated is one check, as its limits take it. */
  #checkOf(finding: LazyFinding, reading: Counts): number {
    const { checkName } = finding;
    let name = this.#plainNames.get(checkName);
    if (name === undefined) {
      name = plainNameOf(checkName);
      if (this.#plainNames.size >= MOST_REMEMBERED) this.#plainNames.clear();
      this.#plainNames.set(checkName, name);
    }
    const known = this.#checks.get(name);
    if (known !== undefined) return known;
    const mapped = this.#decider.isMapped(finding);
    const most = mapped ? 2 * MOST_REMEMBERED : MOST_REMEMBERED;
    return this.#checks.size < most
      ? this.#named(name, mapped, reading)
      : this.#named(OTHERS, false, reading);
  }

  #named(name: string, mapped: boolean, reading: Counts): number {
    const known = this.#checks.get(name);
    if (known !== undefined) return known;
    const number = this.#checks.size;
    this.#checks.set(name, number);
    reading.newChecks.push({ name, mapped });
    return number;
  }
}

const ENCODER = new TextEncoder();

/** What comes of a finding that is Green. */
const NOTHING: Decided = { number: 0 };

/** What is counted while a chunk is read. */
class Counts {
  lines = 0;
  events = 0;
  faultCount = 0;
  readonly newChecks: NamedCheck[] = [];
  readonly newOutcomes: (readonly Outcome[])[] = [];
  readonly resources: string[] = [];
  readonly unknown = new Map<string, number>();
  readonly faults: LineFault[] = [];

  fault(message: string): void {
    this.faultCount += 1;
    if (this.faults.length < MOST_TOLD) this.faults.push({ line: this.lines, message });
  }

  unknownEvent(label: string): void {
    const name = this.unknown.has(label) || this.unknown.size < MOST_TOLD ? label.slice(0, 200) : OTHERS;
    this.unknown.set(name, (this.unknown.get(name) ?? 0) + 1);
  }
}

/** When EventBridge or SNS sent it, in milliseconds. */
function sentAt(event: unknown): number | undefined {
  const { time, Records: records } = event as { time?: unknown; Records?: readonly unknown[] };
  const text = time ?? (records?.[0] as { Sns?: { Timestamp?: unknown } } | undefined)?.Sns?.Timestamp;
  return typeof text === 'string' ? observedAt({ said: undefined, sent: text })?.getTime() : undefined;
}
