import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { DocumentFormat } from './parse-content.ts';
import type { Runbook } from './runbook.ts';
import { validRunbook } from './valid-runbook.ts';

/** A document as Systems Manager keeps it. Documents have one version here: 1. */
export interface StoredDocument {
  readonly name: string;
  /** `Amazon`, or the account's ID. */
  readonly owner: string;
  readonly content: string;
  readonly format: DocumentFormat;
  readonly createdDate: Date;
  readonly displayName: string | undefined;
  readonly versionName: string | undefined;
  readonly targetType: string | undefined;
  /** SHA-256 of the content, in hexadecimal. */
  readonly hash: string;
  readonly runbook: Runbook;
}

export type NewDocument = Omit<StoredDocument, 'hash' | 'runbook'>;

export const DOCUMENT_VERSION = '1';

/** Documents by name. */
export class DocumentStore {
  readonly #documents = new Map<string, StoredDocument>();

  /**
   * Checks and keeps a document.
   * @throws AwsError InvalidDocumentContent, MaxDocumentSizeExceeded, InvalidDocumentSchemaVersion, DocumentAlreadyExists
   */
  add(document: NewDocument): StoredDocument {
    if (this.#documents.has(document.name)) {
      throw new AwsError('DocumentAlreadyExists', `Document with name ${document.name} already exists.`);
    }
    const stored = {
      ...document,
      hash: createHash('sha256').update(document.content).digest('hex'),
      runbook: validRunbook(document.content, document.format),
    };
    this.#documents.set(document.name, stored);
    return stored;
  }

  /** By name or ARN. */
  find(nameOrArn: string): StoredDocument | undefined {
    const name = nameOrArn.replace(/^arn:[^:]+:ssm:[^:]*:\d*:(?:document|automation-definition)\//, '');
    return this.#documents.get(name);
  }

  /** All of them, by name. */
  list(): StoredDocument[] {
    return [...this.#documents.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Whether a document that exists has the version (number, `$LATEST` or `$DEFAULT`) that is asked for. */
export function hasVersion(version: string | undefined): boolean {
  return version === undefined || [DOCUMENT_VERSION, '$LATEST', '$DEFAULT'].includes(version);
}
