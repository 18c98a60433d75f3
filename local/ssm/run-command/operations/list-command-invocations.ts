import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalBoolean, optionalInteger, optionalString } from '../../tags/request.ts';
import type { RunCommandDeps } from '../deps.ts';
import { readFilters } from '../filters.ts';
import { toInvocation } from '../views.ts';

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListCommandInvocations.html
 * @throws AwsError InvalidCommandId, InvalidFilterKey, InvalidNextToken
 */
export function listCommandInvocations({ store }: RunCommandDeps, input: JsonObject): JsonObject {
  const id = optionalString(input, 'CommandId', { minLength: 36, maxLength: 36 });
  const instanceId = optionalString(input, 'InstanceId');
  const details = optionalBoolean(input, 'Details') ?? false;
  const commands = id === undefined ? store.list() : [store.get(id)];
  const all = commands.flatMap((command) =>
    command.invocations.map((invocation) => ({ command, invocation })),
  );
  const matches = readFilters<(typeof all)[number]>(input, {
    DocumentName: ({ command }) => command.documentName,
    Status: ({ invocation }) => invocation.status,
  });
  const { items, nextToken } = page({
    items: all.filter(
      (each) =>
        matches(each, each.command.requestedAt) &&
        (instanceId === undefined || each.invocation.instanceId === instanceId),
    ),
    idOf: ({ command, invocation }) => `${command.id} ${invocation.instanceId}`,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    CommandInvocations: items.map(({ command, invocation }) => toInvocation(command, invocation, details)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
