import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { page } from '../../tags/page.ts';
import { optionalInteger, optionalString, requiredString } from '../../tags/request.ts';
import type { DocumentDeps } from '../documents.ts';
import { DOCUMENT_NAME_OR_ARN } from '../find-document.ts';

/**
 * All versions of a document, the newest first.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListDocumentVersions.html
 * @throws AwsError InvalidDocument, InvalidNextToken
 */
export function listDocumentVersions({ store }: DocumentDeps, input: JsonObject): JsonObject {
  const name = requiredString(input, 'Name', { pattern: DOCUMENT_NAME_OR_ARN });
  const standard = store.find(name);
  if (standard === undefined)
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  const { items, nextToken } = page({
    items: store.versions(standard.name).toReversed(),
    idOf: ({ version }) => version,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    DocumentVersions: items.map(({ version, versionName, displayName, createdDate, format }) => ({
      Name: standard.name,
      DocumentVersion: version,
      ...(versionName === undefined ? {} : { VersionName: versionName }),
      ...(displayName === undefined ? {} : { DisplayName: displayName }),
      CreatedDate: createdDate,
      IsDefaultVersion: version === standard.version,
      DocumentFormat: format,
      Status: 'Active',
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
