import { AwsError } from '../../local/aws-error.ts';
import { systemClock } from '../../local/clock.ts';
import { startEndpoint } from '../../local/endpoint/server.ts';
import type { EventPublisher, NewEvent } from '../../local/events/event.ts';
import { randomIds } from '../../local/ids.ts';
import type { JsonObject, RequestContext } from '../../local/service.ts';
import { ACTIONS } from '../../local/ssm/automation/actions/registry.ts';
import { dryActions } from '../../local/ssm/automation/dry-run/dry-actions.ts';
import type { Journal } from '../../local/ssm/automation/dry-run/journal.ts';
import type { NewDocument } from '../../local/ssm/documents/document-store.ts';
import { createSystemsManager } from '../../local/ssm/systems-manager.ts';
import type { ExecutionView } from './execution-view.ts';
import type { Place } from './open-account.ts';
import type { StartParameters } from './parameters.ts';

export interface SessionOptions {
  readonly place: Place;
  readonly document: NewDocument;
  readonly allowWebhooks: boolean;
  /** Where a dry run is noted; undefined: it is a real run. */
  readonly journal?: Journal;
  /** Hears that the status of an execution, or of one of its steps, has changed. */
  readonly onChange: (executionId: string) => void;
}

/** Systems Manager for one runbook: what `runbook run` needs of the cloud. */
export interface Session extends AsyncDisposable {
  /** Where signals for the execution can be sent, such as an approval. */
  readonly url: string;
  /** @throws AwsError as StartAutomationExecution */
  start(parameters: StartParameters): Promise<string>;
  get(executionId: string): ExecutionView;
  /** Cancels an execution, if it has not ended. */
  cancel(executionId: string): void;
  /** Resolves when everything has ended. */
  idle(): Promise<void>;
}

/** @throws EndpointError; AwsError for a document that is not valid */
export async function openSession(options: SessionOptions): Promise<Session> {
  await using opened = new AsyncDisposableStack();
  const { place, document, journal } = options;
  const { account, accountId, region } = place;
  opened.defer(() => account.close());
  const late: { url?: string } = {};
  const { service, automation } = createSystemsManager({
    clock: systemClock,
    ids: randomIds,
    events: listening(options.onChange),
    account,
    accountId,
    answersRunbooks: place.isOurs,
    documents: [document],
    allowWebhooks: options.allowWebhooks,
    endpointUrl: () => place.endpointUrl ?? late.url,
    ...(place.scripts && { scripts: place.scripts }),
    ...(journal && { actions: dryActions(ACTIONS, journal) }),
  });
  opened.use(automation);
  const principalArn = `arn:aws:iam::${accountId}:user/laptop`;
  const endpoint = opened.use(
    await startEndpoint({
      port: 0,
      services: [service],
      dynamodb: NO_DYNAMODB,
      account,
      principalOf: () => principalArn,
      ids: randomIds,
      accountId,
    }),
  );
  late.url = endpoint.url;
  const context: RequestContext = { region, accountId, principalArn, requestId: randomIds.uuid() };
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> =>
    (await service.operations[operation]?.(input, context)) as JsonObject;
  const get = (executionId: string): ExecutionView => {
    const answer = service.operations.GetAutomationExecution?.(
      { AutomationExecutionId: executionId },
      context,
    ) as { AutomationExecution: ExecutionView };
    return answer.AutomationExecution;
  };
  const everything = opened.move();
  return {
    url: endpoint.url,
    start: async (parameters) => {
      if (!place.isOurs) await copyParameters(options, call);
      const input = { DocumentName: document.name, Parameters: parameters };
      return String((await call('StartAutomationExecution', input)).AutomationExecutionId);
    },
    get,
    cancel: (executionId) => {
      if (get(executionId).ExecutionEndTime !== undefined) return;
      service.operations.StopAutomationExecution?.({ AutomationExecutionId: executionId }, context);
    },
    idle: () => automation.idle(),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

const NO_DYNAMODB = {
  handle: async () => {
    throw new AwsError('NotImplemented', 'There is no DynamoDB here: npm start has one.', {
      statusCode: 501,
    });
  },
  close: () => undefined,
};

/** Hears of executions and steps, and nobody else does. */
function listening(onChange: (executionId: string) => void): EventPublisher {
  return {
    publish: (event: NewEvent) => {
      onChange(String(event.detail.ExecutionId));
      return {
        version: '0',
        id: randomIds.uuid(),
        account: '',
        time: '',
        region: '',
        resources: [],
        ...event,
      };
    },
  };
}

/** Defaults such as `{{ ssm:Name }}` are looked up here: they have to be those of the account. */
async function copyParameters(
  { place, document }: SessionOptions,
  call: (operation: string, input: JsonObject) => Promise<JsonObject>,
): Promise<void> {
  const names = new Set(
    [...document.content.matchAll(/\{\{\s*ssm:\s*([\w./-]+)\s*\}\}/g)].map(([, name]) => name),
  );
  for (const Name of names) {
    try {
      const input = { Name, WithDecryption: false };
      const { account, region } = place;
      const { Parameter } = await account.call({ service: 'ssm', operation: 'GetParameter', input, region });
      const { Value, Type } = Parameter as JsonObject;
      await call('PutParameter', { Name, Value, Type, Overwrite: true });
    } catch (error) {
      // The start names the parameter that it lacks.
      if (!(error instanceof AwsError) || error.code !== 'ParameterNotFound') throw error;
    }
  }
}
