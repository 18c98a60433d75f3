import type { Decision } from '../../shared/domain/decision.ts';
import type { Sightings } from './sightings.ts';

/** Something that could not be read, by its line. */
export interface LineFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A check as a reader names it once: after that it has a number. */
export interface NamedCheck {
  readonly name: string;
  /** Whether a row of any set is for it. */
  readonly mapped: boolean;
}

export interface ChunkRead {
  readonly lines: number;
  readonly events: number;
  readonly sightings: Sightings;
  /** Those that this chunk names first, in the order of their numbers. */
  readonly newChecks: readonly NamedCheck[];
  /** Events that no source reads, by what they are called. */
  readonly unknown: ReadonlyMap<string, number>;
  /** The first ones; lines are counted from the chunk's first. */
  readonly faults: readonly LineFault[];
  readonly faultCount: number;
  /** What comes of a finding, one for each set of mappings: those that this chunk names first, in the order of their numbers. */
  readonly newOutcomes: readonly (readonly Outcome[])[];
  /**
   * Of each sighting its resource, '' where it is Green: a list in JSON and UTF-8, since a few are looked at, and thousands of
   * strings would take more memory than all else. Empty where nothing is held against the mappings.
   */
  readonly resources: Uint8Array<ArrayBuffer>;
}

/** What comes of an episode by one set of mappings, if nothing has happened before. */
export interface Outcome {
  readonly action: Decision['action'];
  /** The reason's. */
  readonly code: string;
  readonly runbook?: string;
  /** The check whose row decided; undefined: none did. */
  readonly row?: string;
}

/** Where there are too many names to tell them all. */
export const OTHERS = 'others';
