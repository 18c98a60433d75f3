import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import { optionalString, optionalTags, requiredString } from '../../tags/request.ts';
import { toDescription } from '../describe.ts';
import type { DocumentDeps } from '../documents.ts';

const RESERVED_PREFIX = /^(aws|amazon|amzn)/i;

/**
 * Accepts an Automation document, after checking it.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
 * @throws AwsError InvalidDocumentContent, InvalidDocumentSchemaVersion, MaxDocumentSizeExceeded, DocumentAlreadyExists, ValidationException
 */
export function createDocument(deps: DocumentDeps, input: JsonObject, context: RequestContext): JsonObject {
  const name = requiredString(input, 'Name', { pattern: /^[a-zA-Z0-9_\-.]{3,128}$/ });
  const content = requiredString(input, 'Content', { minLength: 1 });
  const tags = optionalTags(input, 'Tags', { max: 50 });
  checkType(optionalString(input, 'DocumentType') ?? 'Command');
  if (RESERVED_PREFIX.test(name)) {
    throw new AwsError(
      'ValidationException',
      `The document name ${name} is not allowed: names that begin with aws, amazon or amzn are reserved.`,
    );
  }
  const document = deps.store.add({
    name,
    owner: context.accountId,
    content,
    format: formatOf(optionalString(input, 'DocumentFormat') ?? 'JSON'),
    createdDate: deps.clock.now(),
    displayName: optionalString(input, 'DisplayName', { maxLength: 1024, pattern: /^[\w.\-:/ ]*$/ }),
    versionName: optionalString(input, 'VersionName', { pattern: /^[a-zA-Z0-9_\-.]{1,128}$/ }),
    targetType: optionalString(input, 'TargetType', { maxLength: 200, pattern: /^\/[\w.\-:/]*$/ }),
  });
  deps.tags.set('Document', name, tags);
  return { DocumentDescription: toDescription(document, deps.tags) };
}

function checkType(type: string): void {
  if (type !== 'Automation') {
    throw new AwsError(
      'ValidationException',
      `DocumentType ${type} is not kept here, only Automation is. (Command is what AWS assumes where DocumentType is missing.)`,
    );
  }
}

function formatOf(format: string): 'YAML' | 'JSON' {
  if (format === 'YAML' || format === 'JSON') return format;
  throw new AwsError(
    'ValidationException',
    `DocumentFormat ${format} is not valid for an Automation document.`,
  );
}
