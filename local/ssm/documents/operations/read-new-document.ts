import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalString, requiredString } from '../../tags/request.ts';
import type { Attachment } from '../attachments/attachment.ts';
import { fetchAttachments } from '../attachments/fetch-attachments.ts';
import { readSources } from '../attachments/read-sources.ts';
import type { NewDocument } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';
import { validRunbook } from '../valid-runbook.ts';

/**
 * What CreateDocument and UpdateDocument say of a document alike.
 * @throws AwsError ValidationException
 */
export function readNewDocument(
  deps: Pick<DocumentDeps, 'clock'>,
  input: JsonObject,
  context: RequestContext,
): Omit<NewDocument, 'name'> {
  return {
    owner: context.accountId,
    content: requiredString(input, 'Content', { minLength: 1 }),
    format: formatOf(optionalString(input, 'DocumentFormat') ?? 'JSON'),
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
  { deps, input, context }: { deps: DocumentDeps; input: JsonObject; context: RequestContext },
  document: NewDocument,
  keep: (document: NewDocument) => JsonObject,
): JsonObject | Promise<JsonObject> {
  const sources = readSources(input);
  if (sources.length === 0) return keep(document);
  const { account, store } = deps;
  const runbook = validRunbook(document.content, document.format);
  return fetchAttachments({ account, store, region: context.region }, sources, runbook).then(
    (attachments: readonly Attachment[]) => keep({ ...document, attachments: () => attachments }),
  );
}

function formatOf(format: string): 'YAML' | 'JSON' {
  if (format === 'YAML' || format === 'JSON') return format;
  throw new AwsError(
    'ValidationException',
    `DocumentFormat ${format} is not valid for an Automation document.`,
  );
}
