import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import {
  optionalInteger,
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
} from '../../tags/request.ts';
import type { TagStore } from '../../tags/tag-store.ts';
import { toIdentifier } from '../describe.ts';
import type { StoredDocument } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';

interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListDocuments.html
 * @throws AwsError InvalidFilterKey, InvalidNextToken
 */
export function listDocuments(deps: DocumentDeps, input: JsonObject): JsonObject {
  const filters = filtersOf(input);
  const matching = deps.store
    .list()
    .filter((document) => filters.every((filter) => matches(document, filter, deps.tags)));
  const { items, nextToken } = page({
    items: matching,
    idOf: (document) => document.name,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    DocumentIdentifiers: items.map((document) => toIdentifier(document, deps.tags)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function filtersOf(input: JsonObject): Filter[] {
  const current = optionalObjects(input, 'Filters', { max: 6 }).map((filter) => ({
    key: requiredString(filter, 'Key', { minLength: 1, maxLength: 128 }),
    values: optionalStrings(filter, 'Values'),
  }));
  const former = optionalObjects(input, 'DocumentFilterList').map((filter) => ({
    key: requiredString(filter, 'key'),
    values: [requiredString(filter, 'value')],
  }));
  return [...current, ...former];
}

function matches(document: StoredDocument, { key, values }: Filter, tags: TagStore): boolean {
  if (key.startsWith('tag:')) {
    const found = tags.list('Document', document.name).find((tag) => tag.Key === key.slice('tag:'.length));
    return found !== undefined && values.includes(found.Value);
  }
  switch (key) {
    case 'Name':
      return values.some((value) => document.name.startsWith(value));
    case 'SearchKeyword':
      return values.every((value) => document.name.toLowerCase().includes(value.toLowerCase()));
    case 'Owner':
      return values.some((value) => ownedBy(document, value));
    case 'DocumentType':
      return values.includes(document.type);
    case 'PlatformTypes':
      return true;
    case 'TargetType':
      return document.targetType !== undefined && values.includes(document.targetType);
    default:
      throw new AwsError('InvalidFilterKey', `The filter key ${key} is not valid.`);
  }
}

function ownedBy(document: StoredDocument, owner: string): boolean {
  switch (owner) {
    case 'All':
      return true;
    case 'Amazon':
    case 'Public':
      return document.owner === 'Amazon';
    case 'Self':
    case 'Private':
      return document.owner !== 'Amazon';
    default:
      return document.owner === owner;
  }
}
