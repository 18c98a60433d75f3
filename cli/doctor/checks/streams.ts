import {
  type EventSourceMappingConfiguration,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type {
  FunctionDefinition,
  StreamDefinition,
} from '../../../local/service-definition/service-definition.ts';
import { type Check, type DoctorDeps, fail, orPass, type Result, warn } from '../check.ts';
import { lambdaOf } from '../clients.ts';
import { tableNameOf } from '../table-names.ts';

const DEPLOY = 'deploy the stack again (npx osls deploy)';

/** What hands the tables' streams to functions. */
export const streams: Check = {
  id: 'streams',
  group: 'Functions',
  title: 'streams reach their functions',
  async run(deps) {
    const client = await lambdaOf(deps.aws);
    const readers = deps.stack.functions.filter((fn) => fn.streams.length > 0);
    const wrong = await Promise.all(readers.map((fn) => look(client, fn, deps)));
    return orPass(wrong.flat(), `${readers.length} functions read their streams, as serverless.yml says`);
  },
};

async function look(
  client: LambdaClient,
  fn: FunctionDefinition,
  deps: DoctorDeps,
): Promise<readonly Result[]> {
  const mappings = await list(client, fn);
  return fn.streams.flatMap((stream) => {
    const logicalId = deps.stack.tables.find(({ name }) => name === stream.tableName)?.logicalId;
    const table = tableNameOf(deps, logicalId ?? stream.tableName);
    const mapping = mappings.find((each) => each.EventSourceArn?.split('/')[1] === table);
    if (mapping === undefined)
      return [fail(`${fn.functionName} does not read the stream of ${table}`, DEPLOY)];
    return faultsOf(`${fn.functionName} and the stream of ${table}`, mapping, stream);
  });
}

async function list(
  client: LambdaClient,
  { functionArn }: FunctionDefinition,
): Promise<readonly EventSourceMappingConfiguration[]> {
  try {
    const { EventSourceMappings = [] } = await client.send(
      new ListEventSourceMappingsCommand({ FunctionName: functionArn }),
    );
    return EventSourceMappings;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

function faultsOf(
  what: string,
  mapping: EventSourceMappingConfiguration,
  stream: StreamDefinition,
): readonly Result[] {
  const { State, StateTransitionReason, LastProcessingResult = '' } = mapping;
  const differs = differencesOf(mapping, stream);
  return [
    ...(State === 'Enabled'
      ? []
      : [
          fail(
            `${what}: it is ${State}${StateTransitionReason ? ` (${StateTransitionReason})` : ''}`,
            `aws lambda update-event-source-mapping --uuid ${mapping.UUID} --enabled`,
          ),
        ]),
    ...(/^PROBLEM/.test(LastProcessingResult)
      ? [fail(`${what}: ${LastProcessingResult}`, "read the function's log")]
      : []),
    ...(differs.length === 0
      ? []
      : [warn(`${what}: not as serverless.yml says: ${differs.join(', ')}`, DEPLOY)]),
  ];
}

/** What matters to what is lost, and what is seen. Not every endpoint says all of it. */
function differencesOf(
  mapping: EventSourceMappingConfiguration,
  stream: StreamDefinition,
): readonly string[] {
  const filters = mapping.FilterCriteria?.Filters?.map(({ Pattern }) => Pattern);
  const compared: readonly (readonly [string, unknown, unknown])[] = [
    ['maximumRetryAttempts', mapping.MaximumRetryAttempts, stream.maximumRetryAttempts],
    ['maximumRecordAgeInSeconds', mapping.MaximumRecordAgeInSeconds, stream.maximumRecordAgeSeconds],
    ['bisectBatchOnFunctionError', mapping.BisectBatchOnFunctionError, stream.bisectBatchOnFunctionError],
    ['parallelizationFactor', mapping.ParallelizationFactor, stream.parallelizationFactor],
    ['the failure queue', mapping.DestinationConfig?.OnFailure?.Destination, stream.onFailureQueueArn],
    ['the number of filters', filters?.length, stream.filterPatterns.length],
  ];
  return compared
    .filter(([, is, wanted]) => is !== undefined && is !== null && is !== wanted)
    .map(([name]) => name);
}
