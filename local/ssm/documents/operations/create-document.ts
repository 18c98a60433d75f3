import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalString, optionalTags, requiredString } from '../../tags/request.ts';
import { toDescription } from '../describe.ts';
import type { StoredDocument } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';
import { keepWithAttachments, readNewDocument } from './read-new-document.ts';

const RESERVED_PREFIX = /^(aws|amazon|amzn)/i;

/**
 * Accepts an Automation document, after checking it and fetching what is attached to it, or a change calendar.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
 * @throws AwsError InvalidDocumentContent, InvalidDocumentSchemaVersion, MaxDocumentSizeExceeded,
 * DocumentAlreadyExists, ValidationException, InvalidParameterValueException
 */
export function createDocument(
  deps: DocumentDeps,
  input: JsonObject,
  context: RequestContext,
): JsonObject | Promise<JsonObject> {
  const name = requiredString(input, 'Name', { pattern: /^[a-zA-Z0-9_\-.]{3,128}$/ });
  const tags = optionalTags(input, 'Tags', { max: 50 });
  const type = typeOf(optionalString(input, 'DocumentType') ?? 'Command');
  if (RESERVED_PREFIX.test(name)) {
    throw new AwsError(
      'ValidationException',
      `The document name ${name} is not allowed: names that begin with aws, amazon or amzn are reserved.`,
    );
  }
  const document = { name, ...readNewDocument({ deps, input, context }, type) };
  return keepWithAttachments({ deps, input, context }, document, (complete) => {
    const stored = deps.store.add(complete);
    deps.tags.set('Document', name, tags);
    return { DocumentDescription: toDescription(stored, deps) };
  });
}

function typeOf(type: string): StoredDocument['type'] {
  if (type === 'Automation' || type === 'ChangeCalendar') return type;
  throw new AwsError(
    'ValidationException',
    `DocumentType ${type} is not kept here, only Automation and ChangeCalendar are. (Command is what AWS assumes where DocumentType is missing.)`,
  );
}
