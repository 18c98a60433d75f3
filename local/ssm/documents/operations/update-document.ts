import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalString, requiredString } from '../../tags/request.ts';
import { toDescription } from '../describe.ts';
import type { NewDocument, StoredDocument } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';
import { DOCUMENT_NAME_OR_ARN, DOCUMENT_VERSION_PATTERN } from '../find-document.ts';
import { keepWithAttachments, readNewDocument } from './read-new-document.ts';

/**
 * Adds a version to a document. It has the attachments that are given with it, not those of the version before; the
 * default version stays what it is.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateDocument.html
 * @throws AwsError InvalidDocument, InvalidDocumentVersion, DuplicateDocumentContent, DuplicateDocumentVersionName,
 * InvalidDocumentContent, InvalidDocumentSchemaVersion, MaxDocumentSizeExceeded, ValidationException,
 * InvalidParameterValueException
 */
export function updateDocument(
  deps: DocumentDeps,
  input: JsonObject,
  context: RequestContext,
): JsonObject | Promise<JsonObject> {
  const nameOrArn = requiredString(input, 'Name', { pattern: DOCUMENT_NAME_OR_ARN });
  const version = optionalString(input, 'DocumentVersion', { pattern: DOCUMENT_VERSION_PATTERN });
  const latest = deps.store.find(nameOrArn, '$LATEST');
  if (latest === undefined || latest.owner === 'Amazon') {
    throw new AwsError('InvalidDocument', `Document with name ${nameOrArn} does not exist.`);
  }
  if (version !== undefined && version !== '$LATEST' && version !== latest.version) {
    throw new AwsError(
      'InvalidDocumentVersion',
      `Only the latest version of a document can be updated: that of ${latest.name} is ${latest.version}, not ${version}.`,
    );
  }
  const document = { ...readNewDocument({ deps, input, context }, latest.type), name: latest.name };
  return keepWithAttachments({ deps, input, context }, document, (complete) => {
    refuseDuplicate(deps.store.versions(latest.name), complete);
    return { DocumentDescription: toDescription(deps.store.update(complete), deps) };
  });
}

function refuseDuplicate(versions: readonly StoredDocument[], { content, versionName }: NewDocument): void {
  if (versions.at(-1)?.content === content) {
    throw new AwsError(
      'DuplicateDocumentContent',
      'The content of the document matches that of its latest version. Change the content of the document and try again.',
    );
  }
  if (versionName !== undefined && versions.some((each) => each.versionName === versionName)) {
    throw new AwsError(
      'DuplicateDocumentVersionName',
      'The version name has already been used in this document. Specify a different version name, and then try again.',
    );
  }
}
