import { RemediatorError } from './errors.ts';
import { CHECK_ITSELF, type TrackedFinding } from './finding.ts';
import type { Mapping } from './mapping.ts';
import { matchResource } from './match.ts';
import { checkParameters, type Runbook } from './runbook.ts';
import { fillTemplate, type RunbookParameters } from './template.ts';
import { quote } from './text.ts';

/** Why something was or was not done: a code to search for, a sentence to read, and what a person can do. */
export interface Reason {
  readonly code: string;
  readonly sentence: string;
  readonly remedy?: string;
}

export type Decision =
  | {
      readonly action: 'start';
      readonly reason: Reason;
      readonly runbook: string;
      readonly parameters: RunbookParameters;
    }
  /** Tell people with an OpsItem, and do nothing else. */
  | { readonly action: 'notify'; readonly reason: Reason; readonly runbook?: string };

/** Everything that a decision rests on. What could not be read is an error before this, never a default here. */
export interface Circumstances {
  readonly finding: TrackedFinding;
  /** undefined: the check has no row. An error: the row is broken, or its runbook is not to be had. */
  readonly mapping: Mapping | RemediatorError | undefined;
  /** The resource's tags, where the mapping requires some; undefined: the resource has no ARN to ask for them by. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** The mapping's runbook, where it may be started. */
  readonly runbook?: Runbook | RemediatorError | undefined;
}

/** Decides what is done about a finding, and says why. Pure: the same circumstances, the same decision. */
export function decide(circumstances: Circumstances): Decision {
  const { finding, mapping } = circumstances;
  if (mapping === undefined) {
    return notify('MAPPING_NOT_FOUND', `No mapping names the check ${quote(finding.checkName)}.`, {
      remedy: 'Mend the resource by hand and resolve this OpsItem, or add a mapping for the check.',
    });
  }
  if (mapping instanceof RemediatorError) return refuse(mapping);
  const runbook = mapping.ssmAutomationDocument;
  if (!mapping.automationStatus) {
    return notify('MAPPING_DISABLED', 'The mapping of this check (or the row *) is switched off.', {
      runbook,
      remedy: `Run ${runbook} yourself, mend the resource by hand, or set automationStatus to true.`,
    });
  }
  if (finding.resourceType === CHECK_ITSELF) {
    return notify(
      'RESOURCE_UNKNOWN',
      'The event names no resource, so there is nothing that a runbook could be given.',
      {
        runbook,
        remedy: "Read the finding's details, and mend what they point to by hand.",
      },
    );
  }
  const missing = missingTag(mapping, circumstances.tags);
  if (missing) return { action: 'notify', reason: missing, runbook };
  return start(circumstances, mapping);
}

function start({ finding, runbook }: Circumstances, mapping: Mapping): Decision {
  const name = mapping.ssmAutomationDocument;
  if (runbook instanceof RemediatorError) return refuse(runbook, name);
  if (runbook === undefined)
    throw new TypeError('decide() needs the runbook of a mapping that may be started');
  try {
    const match = matchResource(mapping.regexPattern, finding.resource);
    const parameters = fillTemplate(mapping.automationParameters, finding, match);
    checkParameters(runbook, parameters);
    const sentence = `The check's mapping is switched on and names ${name}.`;
    return { action: 'start', reason: { code: 'MAPPED', sentence }, runbook: name, parameters };
  } catch (error) {
    if (error instanceof RemediatorError) return refuse(error, name);
    throw error;
  }
}

function missingTag(mapping: Mapping, tags: Circumstances['tags']): Reason | undefined {
  if (mapping.requiredTags.length === 0) return undefined;
  if (tags === undefined) {
    return {
      code: 'TAGS_UNREADABLE',
      sentence: 'The mapping requires tags, and the resource has no ARN by which they could be read.',
      remedy: 'Mend the resource by hand.',
    };
  }
  const missing = mapping.requiredTags.filter((required) => !hasTag(tags, required));
  if (missing.length === 0) return undefined;
  return {
    code: 'REQUIRED_TAG_MISSING',
    sentence: `The resource lacks the tag ${missing.map((tag) => JSON.stringify(tag)).join(', ')}, which the mapping requires.`,
    remedy: 'Mend the resource by hand, or set the tag: the next refresh of the finding starts the runbook.',
  };
}

function hasTag(tags: Readonly<Record<string, string>>, required: string): boolean {
  const equals = required.indexOf('=');
  const key = equals < 0 ? required : required.slice(0, equals);
  return Object.hasOwn(tags, key) && (equals < 0 || tags[key] === required.slice(equals + 1));
}

function notify(code: string, sentence: string, more: { remedy: string; runbook?: string }): Decision {
  const { remedy, ...rest } = more;
  return { action: 'notify', reason: { code, sentence, remedy }, ...rest };
}

function refuse(error: RemediatorError, runbook?: string): Decision {
  const reason = { code: error.code, sentence: error.message, remedy: error.remedy };
  return { action: 'notify', reason, ...(runbook === undefined ? {} : { runbook }) };
}
