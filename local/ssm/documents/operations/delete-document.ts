import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { DocumentDeps } from '../documents.ts';
import { findDocument } from '../find-document.ts';

/**
 * Deletes a document with all its versions, or one version of it. Amazon's documents are not the account's to delete.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteDocument.html
 * @throws AwsError InvalidDocument, InvalidDocumentVersion, InvalidDocumentOperation, AccessDeniedException
 */
export function deleteDocument({ store, tags }: DocumentDeps, input: JsonObject): JsonObject {
  const document = findDocument(store, input);
  const { name } = document;
  if (document.owner === 'Amazon')
    throw new AwsError(
      'AccessDeniedException',
      `The document ${name} is owned by Amazon and can't be deleted.`,
    );
  if (input.DocumentVersion === undefined && input.VersionName === undefined) {
    store.delete(name);
    tags.unregister('Document', name);
    return {};
  }
  if (store.find(name)?.version === document.version)
    throw new AwsError('InvalidDocumentOperation', "Default version of the document can't be deleted.");
  store.deleteVersion(document);
  return {};
}
