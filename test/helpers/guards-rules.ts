import { EXECUTION_MODES, type ExecutionMode } from '../../shared/domain/execution-mode.ts';
import type { TrackedFinding } from '../../shared/domain/finding.ts';
import { isOver } from '../../shared/domain/lifecycle.ts';
import { episodeOf, TAGS } from '../../shared/domain/remediation.ts';
import type { StartRequest } from '../../shared/ports.ts';
import type { World } from './fakes-world.ts';
import { CHECK_NAME, RUNBOOK } from './findings.ts';

// What must hold whenever something is started, said once more and as simply as it can be: from the rows as a person wrote
// them, from what was started before, and from nothing that decides.

type Row = Readonly<Record<string, unknown>>;

/** What the rules know beside the world. */
export interface Known {
  /** Attempts and plans to which a person said yes. */
  readonly yes: ReadonlySet<string>;
  /** When each attempt was started. */
  readonly starts: ReadonlyMap<string, number>;
  /** When the execution of each attempt that failed ended. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Names a person's yes. */
export function yesTo(findingId: string, attempt: string, parameters: unknown): string {
  return `${findingId} ${attempt} ${JSON.stringify(parameters)}`;
}

const HOUR = 3_600_000;
/** trialAfterMinutes, wherever a story has a failureBreaker. */
const TRIAL = 20 * 60_000;
const list = (...values: unknown[]): string[] =>
  values.flatMap((value) => (Array.isArray(value) ? value : []));
const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

/** Every rule that a start, which has just been made, breaks. */
export function rulesBroken(world: World, request: StartRequest, known: Known): string[] {
  const row = world.mappings.rows.get(CHECK_NAME) ?? {};
  const defaults = world.mappings.rows.get('*') ?? {};
  const findingId = request.tags[TAGS.findingId] ?? '';
  const finding = world.checks.rows.get(findingId);
  if (!finding) return ['a start for no finding'];
  const now = world.clock.now();
  const tags = world.tags.byArn.get(finding.resource) ?? {};
  const undone = request.tags[TAGS.rollbackOf];
  const attempt = request.tags[TAGS.attempt] ?? undone ?? '';
  const approved = known.yes.has(yesTo(findingId, attempt, request.parameters));
  const mode = modeOf(row, defaults, tags);
  const excepted = world.exceptions.rows.some(
    ({ resource, expiresAt }) =>
      resource === finding.resource && (expiresAt === undefined || expiresAt * 1000 > now.getTime()),
  );
  const broken: [string, boolean][] = [
    ['while paused', defaults.executionMode === 'off'],
    ['while excepted', excepted],
    ['outside its window', row.windows !== undefined && now.getUTCHours() > 5],
    ['in a closed calendar', row.changeCalendars !== undefined && !world.calendars.state.open],
    ['what is exempt', list(row.exemptTags, defaults.exemptTags).some((tag) => Object.hasOwn(tags, tag))],
    ['what lacks a tag', list(row.requiredTags).some((tag) => !Object.hasOwn(tags, tag))],
    ['what is out of scope', row.accounts !== undefined],
    ['by a broken mapping', row.extra !== undefined],
    [`in mode ${mode}`, EXECUTION_MODES.indexOf(mode) > EXECUTION_MODES.indexOf('approval')],
  ];
  if (undone === undefined)
    broken.push(
      ['without a yes', mode === 'approval' && !approved],
      ['what is Green', finding.status === 'Green' || !attempt.startsWith(`00000${finding.episode}-`)],
      ['an attempt twice', known.starts.has(`${findingId} ${attempt}`)],
      ...attemptRules(world, { row, findingId, attempt, approved, failures: known.failures }),
      ...limitRules(world, { row, key: `${findingId} ${attempt}`, starts: known.starts }),
    );
  return broken.flatMap(([rule, isBroken]) => (isBroken ? [`Started ${rule}: ${attempt}`] : []));
}

function modeOf(row: Row, defaults: Row, tags: Readonly<Record<string, string>>): ExecutionMode {
  const asked = [row.executionMode ?? defaults.executionMode ?? 'automatic', tags['remediator:mode']];
  if (row.automationStatus === false || defaults.automationStatus === false) asked.push('notify');
  const ranks = asked
    .filter((mode) => mode !== undefined)
    .map((mode) => EXECUTION_MODES.indexOf(mode as never));
  return EXECUTION_MODES[Math.max(...ranks)] ?? 'off';
}

interface Attempt {
  readonly row: Row;
  readonly findingId: string;
  readonly attempt: string;
  readonly approved: boolean;
  readonly failures: Known['failures'];
}

function attemptRules(
  world: World,
  { row, findingId, attempt, approved, failures }: Attempt,
): [string, boolean][] {
  const now = world.clock.now().getTime();
  const rows = world.remediations.filter((each) => each.findingId === findingId);
  const n = Number(attempt.slice(7));
  const before = `${attempt.slice(0, 7)}${String(n - 1).padStart(3, '0')}`;
  const failedAt = failures.get(`${findingId} ${before}`);
  const backoff = number(row.retryAfterSeconds, 300) * 500;
  const cooling = rows.some(
    ({ succeededAt }) =>
      succeededAt !== undefined && Date.parse(succeededAt) + number(row.coolDownSeconds, 0) * 1000 > now,
  );
  return [
    ['beyond maxAttempts', n > number(row.maxAttempts, 3) && !approved],
    ['within its backoff', failedAt !== undefined && now - failedAt < backoff && !approved],
    ['within its cool-down', cooling],
  ];
}

interface Start {
  readonly row: Row;
  readonly key: string;
  readonly starts: Known['starts'];
}

function limitRules(world: World, { row, key, starts }: Start): [string, boolean][] {
  const now = world.clock.now().getTime();
  const guard = world.guards.checks.get(CHECK_NAME);
  const running = world.runbooks.executions.filter(
    ({ document, status }) => document === RUNBOOK && status === 'InProgress',
  );
  const [findingId, attempt] = key.split(' ');
  const claimed = world.remediations.find((each) => each.findingId === findingId && each.attempt === attempt);
  // What was let through a moment before it opened may start a moment after.
  const opened = (what: { readonly openedAt: string } | undefined) =>
    what !== undefined && what.openedAt < (claimed?.enteredAt.Starting ?? '');
  const breaker = guard?.breaker;
  const isTrial = breaker?.trial?.key === key;
  const lately = [...starts.values()].filter((at) => at > now - HOUR).length + 1;
  return [
    ['beyond maxConcurrent', running.length > number(row.maxConcurrent, Number.POSITIVE_INFINITY)],
    ['beyond maxPerHour', lately > number(row.maxPerHour, Number.POSITIVE_INFINITY)],
    ['in a storm', opened(guard?.storm)],
    ['through an open breaker', row.failureBreaker !== undefined && opened(breaker) && !isTrial],
    [
      'a trial too early',
      row.failureBreaker !== undefined && isTrial && now - Date.parse(breaker.openedAt) < TRIAL,
    ],
  ];
}

/** What must be there, and what must not, once everything has ended. */
export function leftOver(world: World): string[] {
  const slots = Object.keys(world.guards.checks.get(CHECK_NAME)?.running ?? {});
  // A crash between an OpsItem of a finding's own and the row that named a shared one is not found again: that would
  // take a search with every Green of many.
  const sharers = new Set(world.remediations.flatMap((row) => (row.sharesOpsItem ? row.findingId : [])));
  const open = world.opsItems.all.filter(
    ({ id, status, data: { findingId } }) =>
      status !== 'Resolved' &&
      findingId !== undefined &&
      !sharers.has(findingId) &&
      world.remediations.every(({ opsItemId, state }) => opsItemId !== id || isOver(state)),
  );
  return [
    ...slots.map((slot) => `A slot was never given back: ${slot}`),
    ...open.map(({ id }) => `The OpsItem ${id} stays open, and stands for nothing`),
    ...[...world.checks.rows.values()].flatMap((finding) => untold(world, finding)),
  ];
}

function untold(world: World, { findingId, status, episode }: TrackedFinding): string[] {
  const rows = world.remediations.filter((row) => row.findingId === findingId);
  const goesOn = rows.find(({ state }) => !isOver(state));
  if (status === 'Green') return goesOn ? [`Green, and ${goesOn.state} goes on`] : [];
  const newest = rows.findLast((row) => episodeOf(row) === episode);
  if (!newest?.stateReason) return [`${status} without a reason`];
  const { state, reasonCode, opsItemId } = newest;
  return state === 'Suppressed' || opsItemId ? [] : [`${state} (${reasonCode}) without an OpsItem`];
}
