import { approvalOf } from './approval.ts';
import { admissionOf, BRAKES, changed, type Plan } from './brakes.ts';
import type { Circumstances } from './circumstances.ts';
import type { Decision, Verdict } from './decision.ts';
import { RemediatorError } from './errors.ts';
import { excepted, GATES, modeOf } from './gates.ts';
import type { Mapping } from './mapping.ts';
import { matchResource } from './match.ts';
import { digestOf } from './remediation.ts';
import { checkParameters } from './runbook.ts';
import { fillTemplate } from './template.ts';
import { quote } from './text.ts';

/**
 * Decides what is done about a finding that is Red or Yellow, and says why. Pure: the same circumstances, the same
 * decision. The gates come first (gates.ts), then what would be started, then the brakes (brakes.ts).
 */
export function decide(circumstances: Circumstances): Decision {
  const { mapping } = circumstances;
  const exception = excepted(circumstances);
  if (exception) return exception;
  if (mapping === undefined) return unmapped(circumstances);
  if (mapping instanceof RemediatorError) return refuse(mapping);
  for (const { judge } of GATES) {
    const verdict = judge(circumstances, mapping);
    if (verdict) return verdict;
  }
  const plan = planFor(circumstances, mapping);
  if (plan instanceof RemediatorError) return refuse(plan, mapping.ssmAutomationDocument);
  for (const { judge } of BRAKES) {
    const verdict = judge(circumstances, plan);
    if (verdict)
      return verdict.action === 'defer' ? { ...verdict, ...clicked(circumstances, plan) } : verdict;
  }
  return start(circumstances, plan);
}

/** A click becomes a yes to this plan, also where it waits: another plan is asked about anew. */
function clicked(circumstances: Circumstances, plan: Plan): Pick<Decision, 'approval'> {
  if (modeOf(circumstances, plan.mapping) !== 'approval') return {};
  const approval = approvalOf(circumstances, plan);
  return approval === undefined || approval === circumstances.current?.approval ? {} : { approval };
}

/** What is not to be done in a dry run, out of hours, or in a frozen time, is not undone then either. */
const BRAKES_OF_A_ROLLBACK: readonly string[] = ['dryRun', 'windows', 'changeCalendars'];

/** Why Remediator may not undo by itself what it did; undefined: it may. A person may always. */
export function objectionToRollback(circumstances: Circumstances, document: string): Verdict | undefined {
  const { mapping } = circumstances;
  const exception = excepted(circumstances);
  if (exception) return exception;
  if (mapping === undefined) return unmapped(circumstances);
  if (mapping instanceof RemediatorError) return refuse(mapping);
  for (const { judge } of GATES) {
    const verdict = judge(circumstances, mapping);
    if (verdict) return verdict;
  }
  const plan = { mapping, runbook: document, parameters: {} };
  for (const { judge } of BRAKES.filter(({ name }) => BRAKES_OF_A_ROLLBACK.includes(name))) {
    const verdict = judge(circumstances, plan);
    if (verdict) return verdict;
  }
  return undefined;
}

/** What would be started, or why nothing can be. */
export function planFor({ runbook, finding }: Circumstances, mapping: Mapping): Plan | RemediatorError {
  if (runbook === undefined)
    throw new TypeError('decide() needs the runbook of a mapping that may be started');
  if (runbook instanceof RemediatorError) return runbook;
  try {
    const match = matchResource(mapping.regexPattern, finding.resource);
    const parameters = fillTemplate(mapping.automationParameters, finding, match);
    checkParameters(runbook, parameters);
    return { mapping, runbook: mapping.ssmAutomationDocument, parameters };
  } catch (error) {
    if (error instanceof RemediatorError) return error;
    throw error;
  }
}

function unmapped({ finding }: Circumstances): Verdict {
  const sentence = `No mapping names the check ${quote(finding.checkName)}.`;
  const remedy = 'Mend the resource by hand and resolve this OpsItem, or add a mapping for the check.';
  return { action: 'notify', reason: { code: 'MAPPING_NOT_FOUND', sentence, remedy } };
}

function start(circumstances: Circumstances, plan: Plan): Decision {
  const { runbook, parameters } = plan;
  const { guard } = admissionOf(circumstances, plan);
  const { approval } = circumstances.current ?? {};
  const click = clicked(circumstances, plan);
  const by =
    click.approval?.by ??
    (approval && approval.of === digestOf(runbook, parameters) ? approval.by : undefined);
  const sentence = by
    ? `${by} approved ${runbook} with these parameters.`
    : `The check's mapping is switched on and names ${runbook}.`;
  const reason = { code: by ? 'APPROVED' : 'MAPPED', sentence };
  return {
    action: 'start',
    reason,
    runbook,
    parameters,
    arrived: true,
    ...click,
    ...changed(circumstances, guard),
  };
}

function refuse(error: RemediatorError, runbook?: string): Verdict {
  const reason = { code: error.code, sentence: error.message, remedy: error.remedy };
  return { action: 'notify', reason, ...(runbook === undefined ? {} : { runbook }) };
}
