import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalInteger, optionalObjects, optionalString, requiredString } from '../../tags/request.ts';
import type { Association } from '../association.ts';
import type { AssociationDeps } from '../deps.ts';
import { lastResults } from '../last-results.ts';
import { type AssociationResult, overallStatus } from '../run-association.ts';
import { toListed } from '../views.ts';

interface Listed {
  readonly association: Association;
  readonly results: readonly AssociationResult[];
}

const FIELDS: Readonly<Record<string, ((listed: Listed) => string | undefined) | undefined>> = {
  InstanceId: ({ association }) => association.instanceId,
  Name: ({ association }) => association.documentName,
  AssociationId: ({ association }) => association.id,
  AssociationName: ({ association }) => association.associationName,
  AssociationStatusName: ({ results }) => overallStatus(results),
};

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListAssociations.html
 * @throws AwsError ValidationException (filter), InvalidNextToken
 */
export async function listAssociations(
  deps: AssociationDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const tests = optionalObjects(input, 'AssociationFilterList', { max: 5 }).map(readFilter);
  const all: Listed[] = [];
  for (const association of deps.store.list()) {
    all.push({ association, results: await lastResults(deps, association, context) });
  }
  const { items, nextToken } = page({
    items: all.filter((listed) => tests.every((test) => test(listed))),
    idOf: ({ association }) => association.id,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    Associations: items.map(({ association, results }) => toListed(association, results)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** `{ key, value }` */
function readFilter(filter: JsonObject): (listed: Listed) => boolean {
  const key = requiredString(filter, 'key');
  const value = requiredString(filter, 'value', { minLength: 1 });
  const read = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (read) return (listed) => read(listed) === value;
  throw new AwsError('ValidationException', `The filter ${key} is not valid for associations.`);
}
