import {
  type AutomationExecution,
  type AutomationExecutionFilter,
  type AutomationExecutionMetadata,
  DescribeAutomationExecutionsCommand,
  DescribeDocumentCommand,
  GetAutomationExecutionCommand,
  ListTagsForResourceCommand,
  type SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { RemediatorError } from '../domain/errors.ts';
import type { Runbook } from '../domain/runbook.ts';
import type { ChildExecution, Clock, ExecutionResult, Place, Runbooks, StartRequest } from '../ports.ts';
import type { ForPlace } from './clients.ts';
import { isAwsError } from './errors.ts';
import { childFrom, rateControlInput, targetsOf } from './rate-control.ts';

const DESCRIBED_MS = 60_000;

/** What Systems Manager answers when no retry of the same request can help. */
const REFUSALS: readonly string[] = [
  'AutomationDefinitionNotFoundException',
  'AutomationDefinitionNotApprovedException',
  'AutomationDefinitionVersionNotFoundException',
  'InvalidAutomationExecutionParametersException',
  'InvalidTarget',
  'InvalidTargetMaps',
  'ValidationException',
  'AccessDeniedException',
];

/** What it answers where it takes no more starts now; nothing was started. */
const THROTTLES: readonly string[] = [
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'AutomationExecutionLimitExceededException',
];

/** SSM Automation. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
export function createRunbooks(ssm: ForPlace<SSMClient>, clock: Clock): Runbooks {
  return {
    describe: describeCached(ssm, clock),
    start: (request) => start(ssm(request), request),

    async findByTagKey(tagKey, place) {
      for await (const found of described(ssm(place), { Key: 'TagKey', Values: [tagKey] })) {
        // Whether children bear their parent's tags is not documented.
        return found.ParentAutomationExecutionId ?? found.AutomationExecutionId;
      }
      return undefined;
    },

    async childrenOf(automationExecutionId, place) {
      const children: ChildExecution[] = [];
      const filter = { Key: 'ParentExecutionId', Values: [automationExecutionId] } as const;
      for await (const found of described(ssm(place), filter)) children.push(childFrom(found));
      return children;
    },

    async get(automationExecutionId, place) {
      try {
        const { AutomationExecution } = await ssm(place).send(
          new GetAutomationExecutionCommand({ AutomationExecutionId: automationExecutionId }),
        );
        return AutomationExecution && resultFrom(AutomationExecution);
      } catch (error) {
        if (isAwsError(error, 'AutomationExecutionNotFoundException')) return undefined;
        throw error;
      }
    },

    async tagsOf(automationExecutionId, place) {
      try {
        const { TagList = [] } = await ssm(place).send(
          new ListTagsForResourceCommand({ ResourceType: 'Automation', ResourceId: automationExecutionId }),
        );
        return Object.fromEntries(TagList.map(({ Key = '', Value = '' }) => [Key, Value]));
      } catch (error) {
        if (isAwsError(error, 'InvalidResourceId')) return {};
        throw error;
      }
    },
  };
}

function resultFrom(execution: AutomationExecution): ExecutionResult | undefined {
  const { AutomationExecutionStatus: status, FailureMessage, OpsItemId, ExecutedBy } = execution;
  const { ParentAutomationExecutionId, ExecutionEndTime } = execution;
  if (status === undefined) return undefined;
  // A step's own outputs by step and name; what the document names as its outputs has such names already.
  const ofSteps = (execution.StepExecutions ?? []).flatMap(({ StepName, Outputs = {} }) =>
    Object.entries(Outputs).map(([name, values]): [string, string[]] => [`${StepName}.${name}`, values]),
  );
  return {
    status,
    document: execution.DocumentName ?? '',
    parameters: execution.Parameters ?? {},
    outputs: { ...Object.fromEntries(ofSteps), ...execution.Outputs },
    ...(FailureMessage ? { failureMessage: FailureMessage } : {}),
    ...(OpsItemId ? { opsItemId: OpsItemId } : {}),
    ...(ExecutedBy ? { executedBy: ExecutedBy } : {}),
    ...(ParentAutomationExecutionId ? { parentId: ParentAutomationExecutionId } : {}),
    ...(ExecutionEndTime ? { endedAt: ExecutionEndTime } : {}),
    ...targetsOf(execution),
  };
}

/** All executions that pass a filter, page by page: a filtered page can be empty and not the last. */
async function* described(
  ssm: SSMClient,
  { Key, Values }: { readonly Key: AutomationExecutionFilter['Key']; readonly Values: readonly string[] },
): AsyncGenerator<AutomationExecutionMetadata> {
  let NextToken: string | undefined;
  do {
    const Filters = [{ Key, Values: [...Values] }];
    const page = await ssm.send(
      new DescribeAutomationExecutionsCommand({ Filters, NextToken, MaxResults: 50 }),
    );
    yield* page.AutomationExecutionMetadataList ?? [];
    NextToken = page.NextToken;
  } while (NextToken);
}

function describeCached(ssm: ForPlace<SSMClient>, clock: Clock): Runbooks['describe'] {
  const cache = new Map<string, { until: number; runbook: Runbook }>();
  return async (name, place: Place) => {
    const key = `${place.account} ${place.region} ${name}`;
    const now = clock.now().getTime();
    const cached = cache.get(key);
    if (cached && now < cached.until) return cached.runbook;
    cache.delete(key);
    const runbook = await describe(ssm(place), name, place.region);
    if (!(runbook instanceof RemediatorError)) cache.set(key, { until: now + DESCRIBED_MS, runbook });
    return runbook;
  };
}

async function describe(ssm: SSMClient, name: string, region: string): Promise<Runbook | RemediatorError> {
  try {
    const { Document } = await ssm.send(new DescribeDocumentCommand({ Name: name }));
    if (Document?.DocumentType && Document.DocumentType !== 'Automation') {
      return notFound(`${name} is a ${Document.DocumentType} document, not an Automation runbook`);
    }
    return {
      name,
      parameters: (Document?.Parameters ?? []).map(({ Name = '', DefaultValue }) => ({
        name: Name,
        required: DefaultValue === undefined,
      })),
    };
  } catch (cause) {
    if (isAwsError(cause, 'InvalidDocument', 'ValidationException')) {
      return notFound(`There is no runbook ${name} in ${region}`, cause);
    }
    throw cause;
  }
}

function notFound(what: string, cause?: unknown): RemediatorError {
  return new RemediatorError('RUNBOOK_NOT_FOUND', `${what}.`, { cause });
}

async function start(ssm: SSMClient, request: StartRequest): Promise<string> {
  const { document, parameters, clientToken, tags, rateControl } = request;
  try {
    const { AutomationExecutionId } = await ssm.send(
      new StartAutomationExecutionCommand({
        DocumentName: document,
        Parameters: Object.fromEntries(
          Object.entries(parameters).map(([name, values]) => [name, [...values]]),
        ),
        ClientToken: clientToken,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ...(rateControl ? rateControlInput(rateControl) : {}),
      }),
    );
    if (AutomationExecutionId) return AutomationExecutionId;
    throw new RemediatorError('AWS_CALL_FAILED', 'StartAutomationExecution answered without an ID.');
  } catch (cause) {
    if (isAwsError(cause, ...THROTTLES))
      throw new RemediatorError('START_THROTTLED', `${document} was not started yet: ${messageOf(cause)}`, {
        cause,
      });
    if (!isAwsError(cause, ...REFUSALS)) throw cause;
    throw new RemediatorError('RUNBOOK_REFUSED', `${document} was not started: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function messageOf({ name, message }: Error): string {
  return `${name}: ${message}`;
}
