import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalString, requiredString } from '../../tags/request.ts';
import type { Attachment } from '../attachments/attachment.ts';
import { fetchAttachments } from '../attachments/fetch-attachments.ts';
import { readSources } from '../attachments/read-sources.ts';
import type { NewDocument, StoredDocument } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';
import { validRunbook } from '../valid-runbook.ts';

interface DocumentRequest {
  readonly deps: DocumentDeps;
  readonly input: JsonObject;
  readonly context: RequestContext;
}

/**
 * What CreateDocument and UpdateDocument say of a document alike.
 * @throws AwsError ValidationException
 */
export function readNewDocument(
  { deps, input, context }: DocumentRequest,
  type: StoredDocument['type'],
): Omit<NewDocument, 'name'> {
  return {
    type,
    owner: context.accountId,
    content: requiredString(input, 'Content', { minLength: 1 }),
    format: formatOf(optionalString(input, 'DocumentFormat') ?? 'JSON', type),
    createdDate: deps.clock.now(),
    displayName: optionalString(input, 'DisplayName', { maxLength: 1024, pattern: /^[\w.\-:/ ]*$/ }),
    versionName: optionalString(input, 'VersionName', { pattern: /^[a-zA-Z0-9_\-.]{1,128}$/ }),
    targetType: optionalString(input, 'TargetType', { maxLength: 200, pattern: /^\/[\w.\-:/]*$/ }),
  };
}

/**
 * Keeps a document once its attachments are there; at once where it has none.
 * @throws AwsError as {@link fetchAttachments}, for content that is not valid, and what `keep` throws
 */
export function keepWithAttachments(
  { deps, input, context }: DocumentRequest,
  document: NewDocument,
  keep: (document: NewDocument) => JsonObject,
): JsonObject | Promise<JsonObject> {
  const sources = readSources(input);
  if (sources.length === 0) return keep(document);
  if (document.format === 'TEXT')
    throw new AwsError('ValidationException', 'Nothing can be attached to a ChangeCalendar document here.');
  const { account, store } = deps;
  const runbook = validRunbook(document.content, document.format);
  return fetchAttachments({ account, store, region: context.region }, sources, runbook).then(
    (attachments: readonly Attachment[]) => keep({ ...document, attachments: () => attachments }),
  );
}

function formatOf(format: string, type: StoredDocument['type']): NewDocument['format'] {
  if (type === 'Automation' && (format === 'YAML' || format === 'JSON')) return format;
  if (type === 'ChangeCalendar' && format === 'TEXT') return format;
  throw new AwsError(
    'ValidationException',
    `DocumentFormat ${format} is not valid for a document of the type ${type}.`,
  );
}
