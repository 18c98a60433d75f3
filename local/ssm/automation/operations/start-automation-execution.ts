import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { DOCUMENT_VERSION, hasVersion, type StoredDocument } from '../../documents/document-store.ts';
import type { Execution } from '../execution.ts';
import { checkParameters } from '../parameters.ts';
import type { OperationDeps } from './deps.ts';
import { fingerprint, readStartRequest, type StartRequest } from './start-request.ts';

/**
 * Starts a runbook and returns its execution's ID at once. A client token that comes again with the same
 * inputs starts nothing, and returns the first execution's ID.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 * @throws AwsError AutomationDefinitionNotFoundException, AutomationDefinitionVersionNotFoundException,
 * InvalidAutomationExecutionParametersException, IdempotentParameterMismatch,
 * AutomationExecutionLimitExceededException, ValidationException
 */
export function startAutomationExecution(
  deps: OperationDeps,
  input: JsonObject,
  context: RequestContext,
): JsonObject {
  const request = readStartRequest(input);
  const print = fingerprint(request);
  if (request.clientToken !== undefined) {
    const started = deps.executions.startedBy(request.clientToken, print);
    if (started !== undefined) return { AutomationExecutionId: started };
  }
  const execution = prepare(deps, request, context);
  deps.engine.assertRoom();
  deps.executions.add(execution);
  deps.tags.set('Automation', execution.id, request.tags);
  if (request.clientToken !== undefined) {
    deps.executions.rememberStart(request.clientToken, {
      executionId: execution.id,
      fingerprint: print,
    });
  }
  deps.engine.start(execution);
  return { AutomationExecutionId: execution.id };
}

function prepare(deps: OperationDeps, request: StartRequest, context: RequestContext): Execution {
  const { region, accountId, principalArn } = context;
  const { name, runbook } = findRunbook(deps, request);
  const parameters = checkParameters(runbook, request.parameters, (parameter) =>
    deps.parameters.lookup(parameter),
  );
  return {
    id: deps.ids.uuid(),
    region,
    accountId,
    documentName: name,
    documentVersion: DOCUMENT_VERSION,
    runbook,
    parameters,
    executedBy: principalArn,
    startTime: deps.clock.now(),
    variables: new Map(runbook.variables),
    outputs: new Map(),
    steps: runbook.steps.map((definition) => ({ id: deps.ids.uuid(), definition, status: 'Pending' })),
    cancellation: new AbortController(),
    completeRequested: false,
    status: 'Pending',
  };
}

function findRunbook(deps: OperationDeps, request: StartRequest): StoredDocument {
  const document = deps.documents.find(request.documentName);
  if (document === undefined) {
    throw new AwsError(
      'AutomationDefinitionNotFoundException',
      `Automation definition not found: ${request.documentName}. An Automation runbook with the specified name couldn't be found.`,
    );
  }
  if (!hasVersion(request.documentVersion)) {
    throw new AwsError(
      'AutomationDefinitionVersionNotFoundException',
      `Automation definition version not found: ${request.documentName}, version ${request.documentVersion}.`,
    );
  }
  return document;
}
