import { stringify } from 'yaml';
import type { JsonObject } from '../../../service.ts';
import { optionalString } from '../../tags/request.ts';
import { toAttachmentContent } from '../attachments/attachment.ts';
import type { StoredDocument } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';
import { findDocument } from '../find-document.ts';
import { type DocumentFormat, parseContent } from '../parse-content.ts';

/**
 * The content of a document, as it was written unless another format is asked for.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetDocument.html
 */
export function getDocument(deps: DocumentDeps, input: JsonObject): JsonObject {
  const format = optionalString(input, 'DocumentFormat', { oneOf: ['YAML', 'JSON', 'TEXT'] });
  const document = findDocument(deps.store, input);
  const wanted =
    document.type === 'Automation' && (format === 'YAML' || format === 'JSON') ? format : document.format;
  return {
    Name: document.name,
    CreatedDate: document.createdDate,
    ...(document.displayName === undefined ? {} : { DisplayName: document.displayName }),
    ...(document.versionName === undefined ? {} : { VersionName: document.versionName }),
    DocumentVersion: document.version,
    Status: 'Active',
    Content: contentAs(document, wanted),
    DocumentType: document.type,
    DocumentFormat: wanted,
    AttachmentsContent: [...document.attachments.values()].map(toAttachmentContent),
  };
}

function contentAs(document: StoredDocument, format: DocumentFormat | 'TEXT'): string {
  if (format === document.format || format === 'TEXT' || document.type !== 'Automation')
    return document.content;
  const content = parseContent(document.content, document.format);
  return format === 'YAML' ? stringify(content) : JSON.stringify(content, undefined, 2);
}
