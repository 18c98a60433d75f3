import type { Finding } from '../../shared/domain/finding.ts';
import type { ReadOptions } from '../../shared/sources/reading.ts';
import { readingsOf } from '../../shared/sources/registry.ts';
import { type AnEvent, sampleEvent } from './records.ts';

/** The sample with some keys of its detail exchanged; what is undefined is left out. */
export function withDetail(name: string, changes: Readonly<Record<string, unknown>>): AnEvent {
  const event = sampleEvent(name);
  return JSON.parse(JSON.stringify({ ...event, detail: { ...event.detail, ...changes } }));
}

/** The sample with some keys of its first finding exchanged: several changes, several findings. */
export function withFinding(name: string, ...changes: readonly Readonly<Record<string, unknown>>[]): AnEvent {
  const [finding] = sampleEvent(name).detail.findings as readonly object[];
  return withDetail(name, { findings: changes.map((each) => ({ ...finding, ...each })) });
}

/** All findings of an event. */
export function readAll(event: unknown, options: ReadOptions = {}): readonly Finding[] {
  return readingsOf(event, options).map((read) => read());
}

/** The one finding of an event. */
export function readOne(event: unknown, options: ReadOptions = {}): Finding {
  const [finding, ...others] = readAll(event, options);
  if (finding === undefined || others.length > 0) throw new Error('expected one finding');
  return finding;
}
