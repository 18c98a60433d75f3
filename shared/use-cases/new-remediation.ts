import type { Circumstances } from '../domain/circumstances.ts';
import type { Decision } from '../domain/decision.ts';
import { RemediatorError } from '../domain/errors.ts';
import type { Mapping } from '../domain/mapping.ts';
import { sentenceOf } from '../domain/reason.ts';
import { attemptKey, clientTokenOf, type Remediation } from '../domain/remediation.ts';
import { STATE_OF } from './carry-out.ts';
import { resumeAt } from './start-remediation.ts';

/** The row of an attempt that has none yet. */
export function newRemediation(circumstances: Circumstances, decision: Decision): Remediation {
  const { finding, now, attempt } = circumstances;
  const key = attemptKey(finding, attempt);
  const state = STATE_OF[decision.action];
  return {
    ...key,
    state,
    stateReason: sentenceOf(decision.reason),
    reasonCode: decision.reason.code,
    reasonSince: now.toISOString(),
    ...(decision.arrived ? { arrived: true } : {}),
    checkName: finding.checkName,
    resource: finding.resource,
    observedAt: finding.observedAt.toISOString(),
    account: finding.account,
    region: finding.region,
    clientToken: clientTokenOf(key),
    enteredAt: { [state]: now.toISOString() },
    nextActionAt: resumeAt(now),
    ...(decision.parameters && decision.runbook
      ? { document: decision.runbook, parameters: decision.parameters }
      : {}),
    ...(decision.approval ? { approval: decision.approval } : {}),
    ...policyOf(circumstances),
    ...opsItemOf(circumstances),
  };
}

/** The attempt after a failed one goes on with its OpsItem, which is open. */
function opsItemOf({ history, finding, attempt }: Circumstances): Partial<Remediation> {
  const before = history.find((each) => each.attempt === attemptKey(finding, attempt - 1).attempt);
  if (before?.opsItemId === undefined || before.state !== 'Failed') return {};
  const { opsItemId, sharesOpsItem = false } = before;
  return { opsItemId, sharesOpsItem };
}

/** What the mapping settles for the whole attempt. */
export function policyOf({ mapping }: Circumstances): Pick<Remediation, 'policy'> {
  if (mapping === undefined || mapping instanceof RemediatorError) return {};
  return { policy: settled(mapping) };
}

function settled(mapping: Mapping): NonNullable<Remediation['policy']> {
  const { maxAttempts, retryAfterSeconds, coolDownSeconds, resolveOn, verifyWithinHours, onStillRed } =
    mapping;
  const { maxConcurrent, maxPerHour, stopAfter, failureBreaker, rollbackDocument, rollbackParameters } =
    mapping;
  return {
    maxAttempts,
    retryAfterSeconds,
    coolDownSeconds,
    resolveOn,
    verifyWithinHours,
    onStillRed,
    maxConcurrent,
    maxPerHour,
    stopAfter,
    failureBreaker,
    opsItem: mapping.opsItem,
    ...(rollbackDocument !== undefined && rollbackParameters !== undefined
      ? {
          rollback: {
            document: rollbackDocument,
            parameters: rollbackParameters,
            regexPattern: mapping.regexPattern,
          },
        }
      : {}),
  };
}
