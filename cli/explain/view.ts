import pc from 'picocolors';
import type { Decision } from '../../shared/domain/decision.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { Explanation, Judgement } from '../../shared/domain/explain.ts';
import { sentenceOf } from '../../shared/domain/reason.ts';
import { printable } from '../terminal.ts';
import type { Explained } from './explain-event.ts';
import { PASSED } from './passed.ts';

const WIDTH = 20;

/** One step: its mark, its name, and what came of it. */
function step(mark: string, name: string, text: string): string {
  return `  ${mark} ${name.padEnd(WIDTH)} ${printable(text).replaceAll('\n', ' ')}`.trimEnd();
}

const YES = pc.green('✓');
const NO = pc.red('✗');
const OPEN = pc.dim('?');

/** A finding that could not even be read. */
export function faultLines(error: RemediatorError): string[] {
  return [step(NO, 'source', `${error.code}: ${error.message} What to do: ${error.remedy}`)];
}

/** Step by step: source, finding, mapping, match, parameters, each gate and brake, decision. */
export function explainedLines(explained: Explained): string[] {
  const { finding, tracking, instead, attempt, explanation, assumed } = explained;
  const { status, checkName, resource, account, region, observedAt, source } = finding;
  return [
    step(YES, 'source', source),
    step(YES, 'finding', `${status}: ${checkName}`),
    step(' ', '', `${resource} (account ${account}, ${region}), seen at ${observedAt.toISOString()}`),
    step(' ', '', `ID ${tracking.finding.findingId}`),
    step(
      tracking.written ? YES : NO,
      'tracking',
      `${tracking.sentence} Episode ${tracking.finding.episode}.`,
    ),
    ...(attempt === undefined ? [] : [step(YES, 'attempt', attempt)]),
    ...(explanation === undefined ? [] : explanationLines(explanation)),
    ...(explanation ? decisionLines(explanation) : [`  ${pc.bold('→')} ${printable(instead ?? '')}`]),
    ...assumed.map((sentence) => `    ${pc.dim(`assumed: ${printable(sentence)}`)}`),
  ];
}

function explanationLines({ mapping, match, parameters, refusal, gates, brakes }: Explanation): string[] {
  if (mapping === undefined) return [step(NO, 'mapping', 'none')];
  if (mapping instanceof RemediatorError) return [step(NO, 'mapping', mapping.message)];
  const { regexPattern, ssmAutomationDocument, executionMode } = mapping;
  return [
    step(YES, 'mapping', `${mapping.checkName} → ${ssmAutomationDocument}, ${executionMode}`),
    match === undefined || match instanceof RemediatorError
      ? step(NO, 'match', match?.message ?? '')
      : step(YES, 'match', `${regexPattern} finds $resourceId = ${match.resourceId}`),
    parameters === undefined || parameters instanceof RemediatorError
      ? step(NO, 'parameters', parameters === match ? '' : (parameters?.message ?? ''))
      : step(YES, 'parameters', JSON.stringify(parameters)),
    ...(refusal && refusal.message !== errorText(parameters) && refusal.message !== errorText(match)
      ? [step(NO, 'runbook', refusal.message)]
      : []),
    ...[...gates, ...brakes].map(judgementLine),
  ];
}

function errorText(value: unknown): string | undefined {
  return value instanceof RemediatorError ? value.message : undefined;
}

function judgementLine({ name, says, verdict }: Judgement): string {
  if (says === 'cannot tell') return step(OPEN, name, 'not asked: what it rests on was not read');
  return verdict === undefined
    ? step(YES, name, PASSED[name] ?? '')
    : step(NO, name, `${verdict.reason.code}: ${verdict.reason.sentence}`);
}

const WHAT: Readonly<Record<Decision['action'], string>> = {
  start: 'The runbook is started',
  ask: 'A person is asked',
  dryRun: 'It is written down what would have been started',
  defer: 'It waits',
  notify: 'People are told by an OpsItem, and nothing is started',
  suppress: 'It is left alone, without an OpsItem',
};

function decisionLines({ decision }: Explanation): string[] {
  const until = 'until' in decision && decision.until ? ` until ${decision.until.toISOString()}` : '';
  return [
    `  ${pc.bold('→')} ${pc.bold(`${WHAT[decision.action]}${until}.`)}`,
    `    ${printable(sentenceOf(decision.reason))}`,
  ];
}

/** The same for programs: errors with their codes, and no counters. */
export function explainedJson({ finding, tracking, explanation, ...rest }: Explained): object {
  const { written, sentence } = tracking;
  const tracked = { written, sentence, ...idsOf(tracking.finding) };
  if (explanation === undefined) return { finding, tracking: tracked, ...rest };
  const { decision, mapping, match, parameters, refusal, ...others } = explanation;
  return {
    finding,
    tracking: tracked,
    ...rest,
    mapping: plain(mapping) ?? null,
    match: plain(match) ?? null,
    parameters: plain(parameters) ?? null,
    ...(refusal ? { refusal: plain(refusal) } : {}),
    gates: others.gates.map(judgementJson),
    brakes: others.brakes.map(judgementJson),
    decidedBy: others.decidedBy,
    decision: decisionJson(decision),
  };
}

function idsOf({ findingId, episode }: { readonly findingId: string; readonly episode: number }) {
  return { findingId, episode };
}

function judgementJson({ name, says, verdict }: Judgement): object {
  return { name, says, ...(verdict ? { verdict: decisionJson(verdict) } : {}) };
}

function decisionJson({ guard: _, ...decision }: Decision): object {
  return decision;
}

function plain(value: unknown): unknown {
  if (!(value instanceof RemediatorError)) return value;
  return { code: value.code, message: value.message, remedy: value.remedy };
}
