import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalInteger, optionalString } from '../../tags/request.ts';
import { type Command, statusOf } from '../command.ts';
import type { RunCommandDeps } from '../deps.ts';
import { readFilters } from '../filters.ts';
import { toCommand } from '../views.ts';

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListCommands.html
 * @throws AwsError InvalidCommandId, InvalidFilterKey, InvalidNextToken
 */
export function listCommands({ store }: RunCommandDeps, input: JsonObject): JsonObject {
  const id = optionalString(input, 'CommandId', { minLength: 36, maxLength: 36 });
  const instanceId = optionalString(input, 'InstanceId');
  const matches = readFilters<Command>(input, {
    DocumentName: ({ documentName }) => documentName,
    Status: statusOf,
  });
  const commands = id === undefined ? store.list() : [store.get(id)];
  const { items, nextToken } = page({
    items: commands.filter(
      (command) => matches(command, command.requestedAt) && reached(command, instanceId),
    ),
    idOf: (command) => command.id,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return { Commands: items.map(toCommand), ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

function reached({ invocations }: Command, instanceId: string | undefined): boolean {
  return instanceId === undefined || invocations.some((invocation) => invocation.instanceId === instanceId);
}
