import { BRAKES } from './brakes.ts';
import type { Circumstances } from './circumstances.ts';
import { decide, planFor } from './decide.ts';
import type { Decision, Verdict } from './decision.ts';
import { RemediatorError } from './errors.ts';
import { parseArn } from './finding.ts';
import { GATES } from './gates.ts';
import type { Mapping } from './mapping.ts';
import { type Match, matchResource } from './match.ts';
import { fillTemplate, type RunbookParameters } from './template.ts';

/** What one gate or brake says. */
export interface Judgement {
  readonly name: string;
  /** `cannot tell`: it rests on what was not read, since something before it decides. */
  readonly says: 'passes' | 'objects' | 'cannot tell';
  /** Where it objects. */
  readonly verdict?: Verdict;
}

/** What decides: the mapping (missing or broken), a gate, the plan (nothing can be started), a brake; or nothing objects. */
export interface DecidedBy {
  readonly part: 'mapping' | 'gate' | 'plan' | 'brake' | 'nothing objects';
  readonly name?: string;
}

/** A decision with everything that had a say in it, in the order in which decide() asks. */
export interface Explanation {
  readonly mapping: Circumstances['mapping'];
  /** Every one of them, those after the first that objects too. */
  readonly gates: readonly Judgement[];
  /** What regexPattern finds; undefined without a mapping. */
  readonly match?: Match | RemediatorError;
  readonly parameters?: RunbookParameters | RemediatorError;
  /** Why the runbook cannot be started with them. */
  readonly refusal?: RemediatorError;
  readonly brakes: readonly Judgement[];
  readonly decision: Decision;
  readonly decidedBy: DecidedBy;
}

/** Explains what decide() decides. Pure, as it is; unlike it, asks every gate and every brake. */
export function explain(circumstances: Circumstances): Explanation {
  const { mapping } = circumstances;
  const decision = decide(circumstances);
  if (mapping === undefined || mapping instanceof RemediatorError)
    return { mapping, gates: [], brakes: [], decision, decidedBy: { part: 'mapping' } };
  const gates = GATES.map(({ name, judge }) =>
    rests(circumstances, name)
      ? judgement(name, judge(circumstances, mapping))
      : ({ name, says: 'cannot tell' } as const),
  );
  const worked = workOut(circumstances, mapping);
  const brakes = judgeBrakes(circumstances, mapping, worked.parameters);
  return { mapping, gates, ...worked, brakes, decision, decidedBy: decidedBy({ gates, brakes, ...worked }) };
}

/** Tags are read only where something may be started; without an ARN there are none to read. */
function rests({ tags, finding }: Circumstances, gate: string): boolean {
  return !TAG_GATES.includes(gate) || tags !== undefined || parseArn(finding.resource) === undefined;
}

/** The last gates are those that rest on the resource's tags. */
const TAG_GATES = GATES.slice(GATES.findIndex(({ name }) => name === 'tags readable')).map(
  ({ name }) => name,
);

interface Worked {
  readonly match: Match | RemediatorError;
  readonly parameters: RunbookParameters | RemediatorError;
  readonly refusal?: RemediatorError;
}

function workOut(circumstances: Circumstances, mapping: Mapping): Worked {
  const { finding, runbook } = circumstances;
  const match = attempt(() => matchResource(mapping.regexPattern, finding.resource));
  const parameters =
    match instanceof RemediatorError
      ? match
      : attempt(() => fillTemplate(mapping.automationParameters, finding, match));
  const plan = runbook === undefined ? undefined : planFor(circumstances, mapping);
  return { match, parameters, ...(plan instanceof RemediatorError ? { refusal: plan } : {}) };
}

function judgeBrakes(
  circumstances: Circumstances,
  mapping: Mapping,
  parameters: Worked['parameters'],
): readonly Judgement[] {
  const { calendars } = circumstances;
  const closedBook = calendars === undefined && mapping.changeCalendars.length > 0;
  return BRAKES.map(({ name, judge }) => {
    if (parameters instanceof RemediatorError || (closedBook && name === 'changeCalendars'))
      return { name, says: 'cannot tell' };
    const plan = { mapping, runbook: mapping.ssmAutomationDocument, parameters };
    return judgement(name, judge(circumstances, plan));
  });
}

function judgement(name: string, verdict: Verdict | undefined): Judgement {
  return verdict === undefined ? { name, says: 'passes' } : { name, says: 'objects', verdict };
}

function decidedBy({ gates, brakes, refusal }: Pick<Explanation, 'gates' | 'brakes' | 'refusal'>): DecidedBy {
  const gate = gates.find(({ says }) => says === 'objects');
  if (gate) return { part: 'gate', name: gate.name };
  if (refusal) return { part: 'plan' };
  const brake = brakes.find(({ says }) => says === 'objects');
  return brake ? { part: 'brake', name: brake.name } : { part: 'nothing objects' };
}

function attempt<Value>(work: () => Value): Value | RemediatorError {
  try {
    return work();
  } catch (error) {
    if (error instanceof RemediatorError) return error;
    throw error;
  }
}
