import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { optionalString, requiredString } from '../tags/request.ts';
import type { DocumentStore, StoredDocument } from './document-store.ts';

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
  const known = store.find(name);
  if (known === undefined) {
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  }
  const document =
    version === undefined && versionName !== undefined
      ? store.versions(known.name).find((each) => each.versionName === versionName)
      : store.find(name, version);
  if (document === undefined || (versionName !== undefined && versionName !== document.versionName)) {
    throw new AwsError(
      'InvalidDocumentVersion',
      `Document with name ${name} does not have the version ${versionName ?? version}.`,
    );
  }
  return document;
}
