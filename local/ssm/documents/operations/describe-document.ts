import type { JsonObject } from '../../../service.ts';
import { toDescription } from '../describe.ts';
import type { DocumentDeps } from '../documents.ts';
import { findDocument } from '../find-document.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocument.html */
export function describeDocument(deps: DocumentDeps, input: JsonObject): JsonObject {
  return { Document: toDescription(findDocument(deps.store, input), deps) };
}
