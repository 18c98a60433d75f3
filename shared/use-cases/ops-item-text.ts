import { createHash } from 'node:crypto';
import type { Decision } from '../domain/decision.ts';
import { parseArn, partitionOf, type TrackedFinding } from '../domain/finding.ts';
import type { OpsItemOptions } from '../domain/mapping.ts';
import { type Reason, sentenceOf } from '../domain/reason.ts';
import { type AttemptKey, digestOf, type Remediation } from '../domain/remediation.ts';
import type { RunbookParameters } from '../domain/template.ts';
import { oneLine, truncate } from '../domain/text.ts';
import type { NewOpsItem, OpsItemData } from '../ports.ts';

/** What an OpsItem is about. */
export interface OpsItemSubject {
  readonly finding: TrackedFinding;
  readonly key: AttemptKey;
  readonly reason: Reason;
  readonly runbook?: string | undefined;
  readonly parameters?: RunbookParameters | undefined;
  readonly options?: OpsItemOptions | undefined;
  /** What happened beside the decision. */
  readonly note?: string | undefined;
  /** Why the finding shares an OpsItem with others; undefined: it has its own. */
  readonly share?: Share | undefined;
}

/** Who an OpsItem stands for, where it is not one finding: all of a check, those of a storm, those over the budget. */
export type Share = 'check' | 'storm' | 'budget';

/** The subject of a remediation's OpsItem, after a decision. */
export function subjectOf(
  { finding, remediation }: { readonly finding: TrackedFinding; readonly remediation: Remediation },
  reason: Reason,
  decision?: Decision,
): OpsItemSubject {
  const { policy } = remediation;
  const storm = decision?.action === 'defer' && decision.storm === true;
  const perCheck = policy?.opsItem?.per === 'check' && decision?.action !== 'ask';
  return {
    finding,
    key: remediation,
    reason,
    runbook: decision ? decision.runbook : remediation.document,
    parameters: decision ? decision.parameters : remediation.parameters,
    options: policy?.opsItem,
    note: noteOf(remediation, reason),
    share: storm ? 'storm' : perCheck ? 'check' : undefined,
  };
}

function noteOf({ reasonCode, stateReason }: Remediation, { code }: Reason): string | undefined {
  return reasonCode === 'EXCEPTED' && code !== 'EXCEPTED'
    ? `The exception has ended (${stateReason}).`
    : undefined;
}

/** One open OpsItem for each finding. */
export function dedupStringOf(findingId: string): string {
  return `remediator:${findingId}`;
}

/** OpsItem limits: title 1,024 characters, description 2,048. docs.aws.amazon.com: API_CreateOpsItem */
export function opsItemFor(subject: OpsItemSubject): NewOpsItem {
  const { finding, runbook, options } = subject;
  const decision = decisionOf(subject);
  return {
    ...looksOf(subject),
    title: truncate(oneLine(`${finding.checkName}: ${finding.resource}`), 1024),
    description: truncate(descriptionOf(subject), 2048),
    dedupString: dedupStringOf(finding.findingId),
    resourceArn: isArn(finding.resource) ? finding.resource : undefined,
    runbook: runbook && /^[a-zA-Z0-9_\-.:/]{3,200}$/.test(runbook) ? runbook : undefined,
    data: {
      searchable: {
        findingId: finding.findingId,
        checkName: finding.checkName,
        resource: finding.resource,
        account: finding.account,
        ...decision.searchable,
      },
      // The mapping's own data never replace what the handlers go by.
      plain: { ...options?.data, ...decision.plain, detail: JSON.stringify(finding.detail) },
    },
  };
}

const SHARED: Readonly<Record<Share, { readonly title: string; readonly text: string }>> = {
  check: {
    title: 'findings',
    text: "The check's mapping gathers its findings here (opsItem.per is check).",
  },
  storm: {
    title: 'storm of findings, remediation stopped',
    text: 'Too many findings of this check came at once: nothing more of it is started until a person says so.',
  },
  budget: {
    title: 'findings over the budget of OpsItems',
    text: "This month's budget of OpsItems is spent (OpsCenter allows 10,000 new ones a month): further findings of this check are gathered here.",
  },
};

/** One OpsItem for many findings of a check; each keeps its own row in AutomationExecutionTrackerTable. */
export function sharedOpsItemFor(subject: OpsItemSubject, share: Share): NewOpsItem {
  const { finding, reason } = subject;
  const { source, checkName, account, region } = finding;
  const { title, text } = SHARED[share];
  const digest = createHash('sha256')
    .update(JSON.stringify([share, source, checkName, account, region]))
    .digest('hex');
  return {
    ...looksOf(subject),
    title: truncate(oneLine(`${checkName}: ${title}`), 1024),
    description: truncate(
      `${text}\n\nThe first of them: ${finding.resource}. ${sentenceOf(reason)}\n\nAll of them are the rows of AutomationExecutionTrackerTable that name this OpsItem.`,
      2048,
    ),
    dedupString: `remediator:${share}:${digest}`,
    data: {
      searchable: { checkName, account, reason: reason.code },
      plain: { ...subject.options?.data, gathers: share },
    },
  };
}

/** Where it stands, and how urgent it looks: as the mapping says, else by the finding's status. */
function looksOf({ finding, options = {} }: OpsItemSubject) {
  const red = finding.status === 'Red';
  return {
    account: finding.account,
    region: finding.region,
    priority: options.priority ?? (red ? 2 : 3),
    severity: options.severity ?? (red ? '2' : '3'),
    category: options.category ?? 'Security',
  };
}

/** One that OpsCenter can link to; what is longer or has spaces is in the text only. */
function isArn(resource: string): boolean {
  return parseArn(resource) !== undefined && /^\S{1,1011}$/.test(resource);
}

/** The part of an OpsItem's data that changes when a finding is decided anew. */
export function decisionOf({ key, reason, runbook, parameters, note }: OpsItemSubject) {
  return {
    searchable: { reason: reason.code },
    plain: {
      attempt: key.attempt,
      decision: sentenceOf(reason),
      ...(runbook ? { runbook } : {}),
      ...(parameters ? { parameters: JSON.stringify(parameters) } : {}),
      ...(runbook && parameters ? { plan: digestOf(runbook, parameters) } : {}),
      ...(note ? { note } : {}),
    },
  } satisfies OpsItemData;
}

/** Where a person sees the execution. */
export function executionUrl(region: string, automationExecutionId: string): string {
  const domain =
    { 'aws-cn': 'console.amazonaws.cn', 'aws-us-gov': 'console.amazonaws-us-gov.com' }[partitionOf(region)] ??
    'console.aws.amazon.com';
  return `https://${region}.${domain}/systems-manager/automation/execution/${automationExecutionId}?region=${region}`;
}

function descriptionOf({ finding, reason, runbook, parameters }: OpsItemSubject): string {
  return [
    `${finding.checkName} is ${finding.status} for ${finding.resource} (account ${finding.account}, ${finding.region}).`,
    sentenceOf(reason),
    runbook
      ? `Runbook: ${runbook}${parameters ? ` with ${JSON.stringify(parameters)}` : ''}.`
      : 'Runbook: none.',
    `Seen by ${finding.source} at ${finding.observedAt.toISOString()}. Finding ${finding.findingId}.`,
  ].join('\n\n');
}
