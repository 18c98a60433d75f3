import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { requiredString } from '../../tags/request.ts';
import type { DocumentDeps } from '../documents.ts';

/**
 * Makes a version of a document the one that runs where none is named.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateDocumentDefaultVersion.html
 * @throws AwsError InvalidDocument, InvalidDocumentVersion
 */
export function updateDocumentDefaultVersion({ store }: DocumentDeps, input: JsonObject): JsonObject {
  const name = requiredString(input, 'Name', { pattern: /^[a-zA-Z0-9_\-.]{3,128}$/ });
  const version = requiredString(input, 'DocumentVersion', { pattern: /^[1-9][0-9]*$/ });
  if (store.find(name) === undefined) {
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  }
  const document = store.find(name, version);
  if (document === undefined) {
    throw new AwsError(
      'InvalidDocumentVersion',
      `Document with name ${name} does not have the version ${version}.`,
    );
  }
  store.setDefault(document);
  const { versionName } = document;
  return {
    Description: {
      Name: name,
      DefaultVersion: version,
      ...(versionName === undefined ? {} : { DefaultVersionName: versionName }),
    },
  };
}
