import type { Reason } from '../domain/decide.ts';
import { parseArn, partitionOf, type TrackedFinding } from '../domain/finding.ts';
import type { AttemptKey } from '../domain/remediation.ts';
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
}

/** One open OpsItem for each finding. */
export function dedupStringOf(findingId: string): string {
  return `remediator:${findingId}`;
}

/** OpsItem limits: title 1,024 characters, description 2,048. docs.aws.amazon.com: API_CreateOpsItem */
export function opsItemFor(subject: OpsItemSubject): NewOpsItem {
  const { finding, runbook } = subject;
  const decision = decisionOf(subject);
  return {
    region: finding.region,
    title: truncate(oneLine(`${finding.checkName}: ${finding.resource}`), 1024),
    description: truncate(descriptionOf(subject), 2048),
    priority: finding.status === 'Red' ? 2 : 3,
    severity: finding.status === 'Red' ? '2' : '3',
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
      plain: { ...decision.plain, detail: JSON.stringify(finding.detail) },
    },
  };
}

/** One that OpsCenter can link to; what is longer or has spaces is in the text only. */
function isArn(resource: string): boolean {
  return parseArn(resource) !== undefined && /^\S{1,1011}$/.test(resource);
}

/** The part of an OpsItem's data that changes when a finding is decided anew. */
export function decisionOf({ key, reason, runbook, parameters }: OpsItemSubject) {
  return {
    searchable: { reason: reason.code },
    plain: {
      attempt: key.attempt,
      decision: sentenceOf(reason),
      ...(runbook ? { runbook } : {}),
      ...(parameters ? { parameters: JSON.stringify(parameters) } : {}),
    },
  } satisfies OpsItemData;
}

/** `CODE: sentence remedy`. */
export function sentenceOf(reason: Reason): string {
  return [
    `${reason.code}:`,
    reason.sentence,
    ...(reason.remedy ? [`What to do: ${reason.remedy}`] : []),
  ].join(' ');
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
