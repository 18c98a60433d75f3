import type { Circumstances } from '../domain/circumstances.ts';
import { RemediatorError } from '../domain/errors.ts';
import { CHECK_ITSELF, parseArn, type TrackedFinding } from '../domain/finding.ts';
import type { Mapping } from '../domain/mapping.ts';
import { attemptNumberOf, type Remediation } from '../domain/remediation.ts';
import type {
  Accounts,
  Calendars,
  Clock,
  ExceptionStore,
  GuardStore,
  MappingStore,
  Runbooks,
  Tags,
} from '../ports.ts';

/** What is read, and nothing that could write: explaining a decision takes no more. */
export interface GatherReads {
  readonly mappings: MappingStore;
  readonly exceptions: ExceptionStore;
  readonly guards: Pick<GuardStore, 'read'>;
  readonly calendars: Calendars;
  readonly runbooks: Pick<Runbooks, 'describe'>;
  readonly tags: Tags;
  readonly accounts: Accounts;
  readonly clock: Pick<Clock, 'now'>;
}

/** The same of those who act upon what they read. */
export interface GatherDeps extends GatherReads {
  readonly guards: GuardStore;
  readonly runbooks: Runbooks;
  readonly clock: Clock;
}

interface Subject {
  readonly finding: TrackedFinding;
  readonly history: readonly Remediation[];
  /** The attempt's row, or the number of one that has none yet. */
  readonly attempt: Remediation | number;
}

/**
 * Reads what a decision rests on, and no more than it needs. A read that fails throws: an error is never a decision.
 * Tags and calendars, which belong to others, come as an error instead, and decide() waits for them for a while.
 */
export async function gather(
  deps: GatherReads,
  { finding, history, attempt }: Subject,
): Promise<Circumstances> {
  const mapping = await deps.mappings.find(finding);
  const { guard, ...rate } = await deps.guards.read(finding.checkName, finding);
  const known = {
    finding,
    history,
    mapping,
    now: deps.clock.now(),
    attempt: typeof attempt === 'number' ? attempt : attemptNumberOf(attempt),
    current: typeof attempt === 'number' ? undefined : attempt,
    reachable: await deps.accounts.reaches(finding.account),
    exceptions: await deps.exceptions.list(),
    guard,
    ...rate,
  };
  if (mapping === undefined || mapping instanceof RemediatorError) return known;
  if (!mayAct(known, mapping)) return known;
  const [tags, runbook, calendars] = await Promise.all([
    parseArn(finding.resource)
      ? readable('TAGS_UNREADABLE', deps.tags.of(finding.resource, finding))
      : undefined,
    deps.runbooks.describe(mapping.ssmAutomationDocument, finding),
    mapping.changeCalendars.length > 0
      ? readable('CALENDAR_UNREADABLE', deps.calendars.stateOf(mapping.changeCalendars, finding))
      : undefined,
  ]);
  return { ...known, tags, runbook, calendars };
}

/** The same with the check's counters as they are now: others changed them while this was decided. */
export async function recount(deps: GatherDeps, circumstances: Circumstances): Promise<Circumstances> {
  const { finding } = circumstances;
  const { guard, throttledUntil } = await deps.guards.read(finding.checkName, finding);
  return { ...circumstances, guard, throttledUntil, now: deps.clock.now() };
}

/** Whether more than the mapping has a say. */
function mayAct(
  { finding, reachable }: { finding: TrackedFinding; reachable: boolean },
  mapping: Mapping,
): boolean {
  const { executionMode, paused } = mapping;
  const acts = executionMode !== 'off' && executionMode !== 'notify';
  return acts && !paused && reachable && finding.resourceType !== CHECK_ITSELF;
}

async function readable<Value>(
  code: 'TAGS_UNREADABLE' | 'CALENDAR_UNREADABLE',
  reading: Promise<Value>,
): Promise<Value | RemediatorError> {
  try {
    return await reading;
  } catch (cause) {
    const what = code === 'TAGS_UNREADABLE' ? "The resource's tags" : "The mapping's change calendars";
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    return new RemediatorError(code, `${what} could not be read: ${why}`, { cause });
  }
}
