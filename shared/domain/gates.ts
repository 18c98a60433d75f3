import type { Circumstances } from './circumstances.ts';
import type { Verdict } from './decision.ts';
import { RemediatorError } from './errors.ts';
import { endOf, exceptionFor } from './exception.ts';
import { type ExecutionMode, saferOf } from './execution-mode.ts';
import { CHECK_ITSELF } from './finding.ts';
import type { Mapping } from './mapping.ts';
import { outsideOf } from './scope.ts';
import { hasTag, MODE_TAG, taggedMode } from './tag-rules.ts';
import { quote } from './text.ts';

/** Something that may keep a finding from being acted upon, before what would be done is even worked out. */
export interface Gate {
  readonly name: string;
  /** undefined: it lets the finding pass. */
  readonly judge: (circumstances: Circumstances, mapping: Mapping) => Verdict | undefined;
}

/** How often what is excepted is looked at again: people remove exceptions before their end. */
const EXCEPTED_MS = 60 * 60_000;
/** How often what is paused is looked at again. */
const PAUSED_MS = 60_000;
/** How often, and for how long, what cannot be read is tried again before people are told. */
const READ_AGAIN_MS = 60_000;
const READ_FOR_MS = 10 * 60_000;

/** In this order: the first that objects decides. */
export const GATES: readonly Gate[] = [
  { name: 'exceptions', judge: excepted },
  {
    name: 'pause',
    judge: ({ now }, { paused, pause }) =>
      paused
        ? {
            action: 'defer',
            until: new Date(now.getTime() + PAUSED_MS),
            reason: {
              code: 'PAUSED',
              sentence: `Remediation is paused${pausedBy(pause)}: the row * of AutomationMappingTable is off.`,
              remedy:
                'It goes on within a minute or two of `remediator resume --all`, or of the row * being put back.',
            },
          }
        : undefined,
  },
  {
    name: 'executionMode off',
    judge: (_, { executionMode }) =>
      executionMode === 'off'
        ? { action: 'suppress', reason: { code: 'MODE_OFF', sentence: 'The mapping of this check is off.' } }
        : undefined,
  },
  {
    name: 'resource',
    judge: ({ finding }, { ssmAutomationDocument: runbook }) =>
      finding.resourceType === CHECK_ITSELF
        ? notify(runbook, {
            code: 'RESOURCE_UNKNOWN',
            sentence: 'The event names no resource, so there is nothing that a runbook could be given.',
            remedy: "Read the finding's details, and mend what they point to by hand.",
          })
        : undefined,
  },
  {
    name: 'scope',
    judge({ finding }, { scopes, ssmAutomationDocument: runbook }) {
      const sentence = scopes.map((scope) => outsideOf(scope, finding)).find((each) => each !== undefined);
      if (sentence === undefined) return undefined;
      return notify(runbook, { code: 'OUT_OF_SCOPE', sentence, remedy: 'Mend the resource by hand.' });
    },
  },
  {
    name: 'executionMode notify',
    judge: (_, { executionMode, ssmAutomationDocument: runbook }) =>
      executionMode === 'notify'
        ? notify(runbook, {
            code: 'MAPPING_DISABLED',
            sentence:
              'The mapping of this check only notifies (executionMode notify, or automationStatus false).',
            remedy: `Run ${runbook} yourself, mend the resource by hand, or switch the mapping on.`,
          })
        : undefined,
  },
  {
    name: 'account',
    judge: ({ reachable, finding }, { ssmAutomationDocument: runbook }) =>
      reachable
        ? undefined
        : notify(runbook, {
            code: 'ACCOUNT_NOT_REACHABLE',
            sentence: `The resource is in the account ${finding.account}, in which Remediator has no role.`,
            remedy:
              'Deploy with crossAccountRoleName, and that role in the account; or mend the resource by hand.',
          }),
  },
  { name: 'tags readable', judge: unreadable },
  { name: 'exemptTags', judge: exempt },
  { name: 'requiredTags', judge: lacking },
  { name: MODE_TAG, judge: overridden },
];

/** Somebody answers for leaving the resource as it is: whether there is a mapping or not. */
export function excepted({ exceptions, finding, now }: Circumstances): Verdict | undefined {
  const exception = exceptionFor(exceptions, finding, now);
  if (!exception) return undefined;
  const end = endOf(exception);
  const how = Number.isFinite(end) ? `until ${new Date(end).toISOString()}` : 'without an end';
  const sentence = `Excepted by ${exception.owner} ${how}: ${exception.reason}`;
  const until = new Date(Math.min(end, now.getTime() + EXCEPTED_MS));
  return { action: 'suppress', until, reason: { code: 'EXCEPTED', sentence } };
}

function pausedBy(pause: Mapping['pause']): string {
  if (pause === undefined) return '';
  return ` by ${pause.by} since ${pause.at}${pause.reason === undefined ? '' : ` (${pause.reason})`}`;
}

/** The mode that counts: the mapping's, or the safer one that the resource's tag asks for. */
export function modeOf({ tags }: Circumstances, { executionMode }: Mapping): ExecutionMode {
  const asked = tags && !(tags instanceof RemediatorError) ? taggedMode(tags) : undefined;
  return asked === undefined ? executionMode : saferOf(executionMode, asked);
}

function unreadable({ tags, now, current }: Circumstances, mapping: Mapping): Verdict | undefined {
  if (!(tags instanceof RemediatorError)) return undefined;
  return retryRead({ error: tags, now, current, runbook: mapping.ssmAutomationDocument });
}

interface Unread {
  readonly error: RemediatorError;
  readonly now: Date;
  readonly current: Circumstances['current'];
  readonly runbook: string;
}

/** What cannot be read now may be readable soon; after a time people are told. It is never taken for a yes. */
export function retryRead({ error, now, current, runbook }: Unread): Verdict {
  const since =
    current?.state === 'Deferred' && current.reasonCode === error.code ? current.reasonSince : undefined;
  const reason = { code: error.code, sentence: error.message, remedy: error.remedy };
  if (!error.retryable || (since !== undefined && now.getTime() - Date.parse(since) >= READ_FOR_MS))
    return notify(runbook, reason);
  return { action: 'defer', until: new Date(now.getTime() + READ_AGAIN_MS), reason, runbook };
}

function exempt({ tags }: Circumstances, { exemptTags }: Mapping): Verdict | undefined {
  if (exemptTags.length === 0) return undefined;
  const known = readable(tags);
  if (known === undefined) return undefined;
  const found = exemptTags.find((tag) => hasTag(known, tag));
  if (found === undefined) return undefined;
  const sentence = `The resource carries the tag ${quote(found)}, which exempts it.`;
  return { action: 'suppress', reason: { code: 'EXEMPT', sentence } };
}

function lacking({ tags }: Circumstances, mapping: Mapping): Verdict | undefined {
  const { requiredTags, exemptTags, ssmAutomationDocument: runbook } = mapping;
  const known = readable(tags);
  if (known === undefined) {
    if (requiredTags.length + exemptTags.length === 0) return undefined;
    return notify(runbook, {
      code: 'TAGS_UNREADABLE',
      sentence: 'The mapping asks for tags, and those of this resource cannot be read by its ARN.',
      remedy: 'Mend the resource by hand.',
    });
  }
  const missing = requiredTags.filter((required) => !hasTag(known, required));
  if (missing.length === 0) return undefined;
  return notify(runbook, {
    code: 'REQUIRED_TAG_MISSING',
    sentence: `The resource lacks the tag ${missing.map((tag) => JSON.stringify(tag)).join(', ')}, which the mapping requires.`,
    remedy: 'Mend the resource by hand, or set the tag: the next refresh of the finding starts the runbook.',
  });
}

function overridden(circumstances: Circumstances, mapping: Mapping): Verdict | undefined {
  const mode = modeOf(circumstances, mapping);
  if (mode === mapping.executionMode) return undefined;
  const said = readable(circumstances.tags)?.[MODE_TAG] ?? '';
  const why = said === mode ? '' : `, since ${quote(said)} is no mode`;
  const sentence = `The resource's tag ${MODE_TAG} asks for ${mode}${why}.`;
  if (mode === 'off') return { action: 'suppress', reason: { code: 'MODE_TAG', sentence } };
  if (mode !== 'notify') return undefined;
  return notify(mapping.ssmAutomationDocument, {
    code: 'MODE_TAG',
    sentence,
    remedy: 'Mend the resource by hand, or ask its owner to change the tag.',
  });
}

function readable(tags: Circumstances['tags']) {
  return tags instanceof RemediatorError ? undefined : tags;
}

function notify(runbook: string, reason: Verdict['reason']): Verdict {
  return { action: 'notify', reason, runbook };
}
