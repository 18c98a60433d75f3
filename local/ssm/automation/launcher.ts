import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { AutomationDocument, DocumentStore } from '../documents/document-store.ts';
import type { ParameterLookup } from '../parameters/parameters.ts';
import type { AutomationEngine } from './engine.ts';
import type { Execution } from './execution.ts';
import type { ExecutionStore } from './execution-store.ts';
import { initialVariables } from './initial-variables.ts';
import { checkParameters } from './parameters.ts';
import type { RateControl, TargetRun } from './rate-control.ts';
import { startingSteps } from './steps.ts';
import { systemVariable } from './system-variables.ts';

/** Levels of executions below the one that a person or a function started; AWS's own quota. */
export const MAX_DEPTH = 5;

export interface LauncherDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly engine: AutomationEngine;
  readonly executions: ExecutionStore;
  readonly documents: DocumentStore;
  readonly parameters: ParameterLookup;
}

/** What to run. */
export interface LaunchRequest {
  readonly documentName: string;
  readonly documentVersion: string | undefined;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly mode?: 'Auto' | 'Interactive';
  readonly rateControl?: RateControl | undefined;
}

/** Who runs it, and where. */
export type Origin = Pick<Execution, 'region' | 'accountId' | 'executedBy'>;

/** An execution that another one starts. */
export interface ChildRequest extends LaunchRequest {
  readonly parent: Execution;
  readonly target?: TargetRun;
  /** @default the parent's */
  readonly region?: string | undefined;
}

/**
 * An execution of a document, checked and ready to be started.
 * @throws AwsError AutomationDefinitionNotFoundException, AutomationDefinitionVersionNotFoundException,
 * InvalidAutomationExecutionParametersException
 */
export function prepareExecution(
  deps: LauncherDeps,
  request: LaunchRequest & Partial<Pick<ChildRequest, 'parent' | 'target'>>,
  origin: Origin,
): Execution {
  const { name, version, runbook, targetType } = findRunbook(deps.documents, request);
  const { rateControl } = request;
  const id = deps.ids.uuid();
  const startTime = deps.clock.now();
  const parameters = checkParameters(
    runbook,
    { given: request.parameters, later: parametersOfTargets(rateControl) },
    (token) =>
      token.startsWith('ssm:')
        ? deps.parameters.lookup(token.replace(/^ssm:\s*/, ''))
        : systemVariable(token, { ...origin, id }, startTime),
  );
  const execution: Execution = {
    ...origin,
    id,
    documentName: name,
    documentVersion: version,
    runbook,
    parameters,
    givenParameters: request.parameters,
    startTime,
    mode: request.mode ?? 'Auto',
    parent: request.parent,
    rateControl: rateControl && { ...rateControl, targetType },
    target: request.target,
    variables: new Map(),
    outputs: new Map(),
    steps: rateControl === undefined ? startingSteps(runbook.steps, deps.ids) : [],
    waiters: new Set(),
    cancellation: new AbortController(),
    ended: Promise.withResolvers(),
    completeRequested: false,
    status: 'Pending',
  };
  for (const [variable, value] of initialVariables(execution)) execution.variables.set(variable, value);
  return execution;
}

/**
 * Starts an execution from within another one.
 * @throws AwsError as {@link prepareExecution}; AutomationExecutionLimitExceededException where it would be too deep
 */
export function launchChild(deps: LauncherDeps, request: ChildRequest): Execution {
  const { parent } = request;
  if (depthOf(parent) >= MAX_DEPTH) {
    throw new AwsError(
      'AutomationExecutionLimitExceededException',
      `The automation executions are nested too deep: ${MAX_DEPTH} levels are the most, and ${request.documentName} would be one more.`,
    );
  }
  const { accountId, executedBy } = parent;
  const region = request.region ?? parent.region;
  const execution = prepareExecution(deps, request, { region, accountId, executedBy });
  deps.executions.add(execution);
  deps.engine.startNow(execution);
  return execution;
}

function depthOf(execution: Execution): number {
  return execution.parent === undefined ? 0 : depthOf(execution.parent) + 1;
}

function parametersOfTargets(rateControl: RateControl | undefined): ReadonlySet<string> {
  if (rateControl === undefined) return new Set();
  const { parameterName, targetMaps } = rateControl;
  const names = targetMaps.flatMap((map) => Object.keys(map));
  return new Set(parameterName === undefined ? names : [parameterName, ...names]);
}

function findRunbook(documents: DocumentStore, request: LaunchRequest): AutomationDocument {
  const { documentName, documentVersion } = request;
  if (documents.find(documentName)?.type !== 'Automation') {
    throw new AwsError(
      'AutomationDefinitionNotFoundException',
      `Automation definition not found: ${documentName}. An Automation runbook with the specified name couldn't be found.`,
    );
  }
  const document = documents.find(documentName, documentVersion);
  if (document?.type !== 'Automation') {
    throw new AwsError(
      'AutomationDefinitionVersionNotFoundException',
      `Automation definition version not found: ${documentName}, version ${documentVersion}.`,
    );
  }
  return document;
}
