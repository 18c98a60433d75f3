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
import type { Runbook } from '../../local/ssm/documents/runbook.ts';
import { createSystemsManager } from '../../local/ssm/systems-manager.ts';
import { copyParameters } from './copy-parameters.ts';
import type { ExecutionView } from './execution-view.ts';
import type { Place } from './open-account.ts';
import type { StartParameters } from './parameters.ts';

export interface SessionOptions {
  readonly place: Place;
  readonly document: NewDocument;
  /** What the document says. */
  readonly runbook: Runbook;
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
  const systemsManager = createSystemsManager({
    clock: systemClock,
    ids: randomIds,
    events: listening(options.onChange),
    account,
    accountId,
    answersRunbooks: place.isOurs,
    documents: [document],
    allowWebhooks: options.allowWebhooks,
    endpointUrl: () => place.endpointUrl ?? late.url,
    scripts: place.scripts ?? { environment: () => ownEndpoint(place, late.url) },
    ...(journal && { actions: dryActions(ACTIONS, journal) }),
  });
  const { service, automation } = systemsManager;
  opened.use(automation);
  const principalArn = `arn:aws:iam::${accountId}:user/laptop`;
  const endpoint = opened.use(
    await startEndpoint({
      port: 0,
      // Beside an account with a Systems Manager of its own only what concerns our executions is answered here.
      services: place.isOurs ? [service] : [],
      dynamodb: NO_DYNAMODB,
      account: place.isOurs ? account : systemsManager.account,
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
      if (!place.isOurs) {
        const put = (parameter: JsonObject) => call('PutParameter', parameter);
        await copyParameters({ ...place, put }, options.runbook, parameters);
      }
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

/** Scripts ask this process of their own executions, and the account's endpoint of all else. */
function ownEndpoint({ endpointUrl }: Place, ownUrl: string | undefined): Readonly<Record<string, string>> {
  return endpointUrl === undefined || ownUrl === undefined ? {} : { AWS_ENDPOINT_URL_SSM: ownUrl };
}
