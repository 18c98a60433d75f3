import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { optionalString, requiredString } from '../tags/request.ts';
import { type DocumentStore, hasVersion, type StoredDocument } from './document-store.ts';

export const DOCUMENT_NAME_OR_ARN = /^[a-zA-Z0-9_\-.:/]{3,128}$/;
export const DOCUMENT_VERSION_PATTERN = /^([$]LATEST|[$]DEFAULT|[1-9][0-9]*)$/;

/**
 * The document that `Name`, `DocumentVersion` and `VersionName` of a request name.
 * @throws AwsError InvalidDocument, InvalidDocumentVersion
 */
export function findDocument(store: DocumentStore, input: JsonObject): StoredDocument {
  const name = requiredString(input, 'Name', { pattern: DOCUMENT_NAME_OR_ARN });
  const version = optionalString(input, 'DocumentVersion', { pattern: DOCUMENT_VERSION_PATTERN });
  const versionName = optionalString(input, 'VersionName');
  const document = store.find(name);
  if (document === undefined) {
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  }
  if (!hasVersion(version) || (versionName !== undefined && versionName !== document.versionName)) {
    throw new AwsError(
      'InvalidDocumentVersion',
      `Document with name ${name} does not have the version ${versionName ?? version}.`,
    );
  }
  return document;
}
