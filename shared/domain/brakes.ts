import { approvalOf } from './approval.ts';
import { admit } from './check-guard.ts';
import type { Circumstances } from './circumstances.ts';
import type { Verdict } from './decision.ts';
import { RemediatorError } from './errors.ts';
import { modeOf, retryRead } from './gates.ts';
import { coolDownEnd, loopReason } from './history.ts';
import type { Mapping } from './mapping.ts';
import { attemptKey, digestOf, guardKeyOf } from './remediation.ts';
import type { RunbookParameters } from './template.ts';
import { opensAt } from './window.ts';

/** What would be started, and under which mapping. */
export interface Plan {
  readonly mapping: Mapping;
  readonly runbook: string;
  readonly parameters: RunbookParameters;
}

/** Something that may hold back a start that has been worked out. */
export interface Brake {
  readonly name: string;
  /** undefined: it lets the start pass. */
  readonly judge: (circumstances: Circumstances, plan: Plan) => Verdict | undefined;
}

const HOUR_MS = 3_600_000;
/** How long to wait for a calendar that does not say when it opens. */
const CALENDAR_MS = 15 * 60_000;

/** In this order: the first that objects decides. What counts a start comes last, so that nothing is counted in vain. */
export const BRAKES: readonly Brake[] = [
  { name: 'maxAttempts', judge: exhausted },
  { name: 'loop', judge: looping },
  { name: 'dryRun', judge: dryRun },
  { name: 'retry', judge: backingOff },
  { name: 'coolDownSeconds', judge: coolingDown },
  { name: 'approval', judge: unapproved },
  { name: 'windows', judge: outsideWindows },
  { name: 'changeCalendars', judge: calendarClosed },
  { name: 'start rate', judge: throttled },
  { name: 'limits', judge: overLimits },
];

function exhausted(
  { attempt, history, current }: Circumstances,
  { mapping, runbook, parameters }: Plan,
): Verdict | undefined {
  // A person who asked for one more gets it.
  if (attempt <= mapping.maxAttempts || current?.approval) return undefined;
  const before = history.filter((each) => each.attempt !== current?.attempt);
  const reasons = before.slice(-mapping.maxAttempts).map(({ stateReason }) => stateReason);
  return {
    action: 'notify',
    runbook,
    parameters,
    reason: {
      code: 'ATTEMPTS_EXHAUSTED',
      sentence: `${mapping.maxAttempts} attempts were made, as many as the mapping allows: ${reasons.join(' / ')}`,
      remedy: 'Mend the resource by hand, or set "answer" on the OpsItem to "retry".',
    },
  };
}

function looping(
  { history, now, finding, current }: Circumstances,
  { mapping, runbook, parameters }: Plan,
): Verdict | undefined {
  if (current?.approval) return undefined;
  const reason = loopReason(history, mapping, { now, episode: finding.episode });
  return reason && { action: 'notify', reason, runbook, parameters };
}

function dryRun(circumstances: Circumstances, { mapping, runbook, parameters }: Plan): Verdict | undefined {
  if (modeOf(circumstances, mapping) !== 'dryRun') return undefined;
  const sentence = `Dry run: ${runbook} would have been started.`;
  return { action: 'dryRun', reason: { code: 'DRY_RUN', sentence }, runbook, parameters };
}

/** Whatever else held it back meanwhile, and whoever asks: the attempt after a failed one waits for its backoff. */
function backingOff({ current, now }: Circumstances, plan: Plan): Verdict | undefined {
  if (current?.notBefore === undefined) return undefined;
  const until = new Date(current.notBefore);
  if (until <= now) return undefined;
  const sentence = `The attempt before this one failed; the next begins at ${until.toISOString()}.`;
  return defer(plan, { code: 'RETRY', sentence }, until);
}

function coolingDown({ history, now }: Circumstances, plan: Plan): Verdict | undefined {
  const until = coolDownEnd(history, plan.mapping, now);
  if (!until) return undefined;
  const sentence = `The resource was remediated lately, and is left alone until ${until.toISOString()}.`;
  return defer(plan, { code: 'COOLING_DOWN', sentence }, until);
}

function unapproved(circumstances: Circumstances, planned: Plan): Verdict | undefined {
  const { mapping, runbook, parameters } = planned;
  if (modeOf(circumstances, mapping) !== 'approval') return undefined;
  if (approvalOf(circumstances, planned)) return undefined;
  const { current, now } = circumstances;
  // Whoever was asked about the same has the time that they were told; about anything else they are asked anew.
  const { state, answerBy, document, parameters: asked } = current ?? {};
  const same =
    state === 'AwaitingApproval' &&
    document &&
    asked &&
    digestOf(document, asked) === digestOf(runbook, parameters);
  const until =
    same && answerBy !== undefined
      ? new Date(answerBy)
      : new Date(now.getTime() + mapping.approveWithinHours * HOUR_MS);
  return {
    action: 'ask',
    runbook,
    parameters,
    until,
    reason: {
      code: 'APPROVAL_NEEDED',
      sentence: `A person must approve ${runbook} with exactly these parameters until ${until.toISOString()}; without an answer nothing is done.`,
      remedy: 'Set "answer" on the OpsItem to "approve" or "reject", or run the runbook from the OpsItem.',
    },
  };
}

function outsideWindows({ now }: Circumstances, plan: Plan): Verdict | undefined {
  const { windows, checkName, ssmAutomationDocument: runbook } = plan.mapping;
  if (windows.length === 0) return undefined;
  const until = opensAt(windows, now);
  if (until?.getTime() === now.getTime()) return undefined;
  if (until === undefined) {
    const sentence = `No window of the mapping ${JSON.stringify(checkName)} ever opens.`;
    return {
      action: 'notify',
      runbook,
      reason: { code: 'WINDOW_CLOSED', sentence, remedy: 'Correct windows.' },
    };
  }
  const sentence = `Outside the mapping's windows; the next opens at ${until.toISOString()}.`;
  return defer(plan, { code: 'WINDOW_CLOSED', sentence }, until);
}

function calendarClosed({ calendars, now, current }: Circumstances, plan: Plan): Verdict | undefined {
  const { changeCalendars } = plan.mapping;
  if (changeCalendars.length === 0) return undefined;
  if (calendars === undefined) throw new TypeError('decide() needs the state of the change calendars');
  if (calendars instanceof RemediatorError)
    return retryRead({ error: calendars, now, current, runbook: plan.runbook });
  if (calendars.open) return undefined;
  const until =
    calendars.changesAt && calendars.changesAt > now
      ? calendars.changesAt
      : new Date(now.getTime() + CALENDAR_MS);
  const sentence = `A change calendar is closed (${changeCalendars.join(', ')}); looked at again at ${until.toISOString()}.`;
  return defer(plan, { code: 'CALENDAR_CLOSED', sentence }, until);
}

function throttled({ throttledUntil, now }: Circumstances, plan: Plan): Verdict | undefined {
  if (!throttledUntil || throttledUntil <= now) return undefined;
  const sentence = 'Systems Manager takes no more starts in this account and region at the moment.';
  return defer(plan, { code: 'START_RATE', sentence }, throttledUntil);
}

/** @returns a verdict with the counters where they do not admit the attempt */
function overLimits(circumstances: Circumstances, plan: Plan): Verdict | undefined {
  const admission = admissionOf(circumstances, plan);
  if (admission.admitted) return undefined;
  const { reason, until, guard, storm } = admission;
  return {
    ...defer(plan, reason, until),
    arrived: true,
    ...changed(circumstances, guard),
    ...(storm ? { storm } : {}),
  };
}

/** Asks the check's counters. An episode arrives once, however often, and after whatever wait, it is decided anew. */
export function admissionOf(circumstances: Circumstances, { mapping: limits }: Plan) {
  const { guard, finding, attempt, now, current } = circumstances;
  const key = guardKeyOf(attemptKey(finding, attempt));
  const arrival = attempt > 1 || current?.arrived ? undefined : key;
  return admit(guard, { key, arrival, limits, now });
}

/** The counters, where a decision changes them. */
export function changed({ guard: before }: Circumstances, guard: Circumstances['guard']) {
  return JSON.stringify(before) === JSON.stringify(guard) ? {} : { guard };
}

function defer({ runbook, parameters }: Plan, reason: Verdict['reason'], until: Date) {
  return { action: 'defer', reason, until, runbook, parameters } as const;
}
