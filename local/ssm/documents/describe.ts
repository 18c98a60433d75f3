import type { JsonObject } from '../../service.ts';
import type { TagStore } from '../tags/tag-store.ts';
import type { DocumentStore, StoredDocument } from './document-store.ts';
import type { ParameterDefinition, Runbook } from './runbook.ts';

const PLATFORMS = ['Windows', 'Linux', 'MacOS'];

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DocumentIdentifier.html */
export function toIdentifier(document: StoredDocument, tags: TagStore): JsonObject {
  return {
    PlatformTypes: PLATFORMS,
    DocumentType: document.type,
    ...(document.type === 'Automation' ? { SchemaVersion: '0.3' } : {}),
    Name: document.name,
    DocumentVersion: document.version,
    ...optional(document),
    CreatedDate: document.createdDate,
    Owner: document.owner,
    DocumentFormat: document.format,
    Tags: tags.list('Document', document.name),
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DocumentDescription.html */
export function toDescription(
  document: StoredDocument,
  { store, tags }: { readonly store: DocumentStore; readonly tags: TagStore },
): JsonObject {
  return {
    ...toIdentifier(document, tags),
    Hash: document.hash,
    HashType: 'Sha256',
    Status: 'Active',
    ...(document.type === 'Automation' ? ofRunbook(document.runbook) : {}),
    LatestVersion: store.find(document.name, '$LATEST')?.version,
    DefaultVersion: store.find(document.name)?.version,
    AttachmentsInformation: [...document.attachments.keys()].map((Name) => ({ Name })),
  };
}

function ofRunbook({ description, parameters }: Runbook): JsonObject {
  return {
    ...(description === undefined ? {} : { Description: description }),
    Parameters: [...parameters.values()].map(toParameter),
  };
}

function toParameter(parameter: ParameterDefinition): JsonObject {
  return {
    Name: parameter.name,
    Type: parameter.declaredType,
    ...(parameter.description === undefined ? {} : { Description: parameter.description }),
    ...(parameter.default === undefined ? {} : { DefaultValue: defaultText(parameter.default) }),
  };
}

function defaultText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function optional(document: StoredDocument): JsonObject {
  return {
    ...(document.displayName === undefined ? {} : { DisplayName: document.displayName }),
    ...(document.versionName === undefined ? {} : { VersionName: document.versionName }),
    ...(document.targetType === undefined ? {} : { TargetType: document.targetType }),
  };
}
