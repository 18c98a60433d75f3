import pc from 'picocolors';
import type { Cell } from './rows.ts';

const COLORS: Readonly<Record<string, (text: string) => string>> = {
  Red: pc.red,
  Yellow: pc.yellow,
  Green: pc.green,
  Resolved: pc.green,
  Verified: pc.green,
  Failed: pc.red,
  Escalated: pc.red,
  Cancelled: pc.yellow,
  Rejected: pc.yellow,
  AwaitingApproval: pc.yellow,
  Deferred: pc.cyan,
  Starting: pc.cyan,
  Running: pc.cyan,
  Verifying: pc.cyan,
  Open: pc.yellow,
};

/** A state in its colour. */
export function stateCell(state: string): Cell {
  return { text: state, paint: COLORS[state] ?? ((text) => text) };
}

/** `2026-05-13 04:10:02Z`: shorter than ISO 8601, and as clear. */
export function timeText(iso: string | undefined): string {
  return (iso ?? '').replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** Enough of a finding's ID to name it. */
export function shortId(findingId: string): string {
  return findingId.slice(0, 12);
}
