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
  /** Those that nobody has asked for yet. */
  readonly #deferred = new Map<string, () => StoredDocument>();

  /**
   * Checks and keeps a document.
   * @throws AwsError InvalidDocumentContent, MaxDocumentSizeExceeded, InvalidDocumentSchemaVersion, DocumentAlreadyExists
   */
  add(document: NewDocument): StoredDocument {
    if (this.has(document.name)) {
      throw new AwsError('DocumentAlreadyExists', `Document with name ${document.name} already exists.`);
    }
    return this.#keep(document);
  }

  /** Keeps a document that is read and checked when somebody first asks for it: most starts need few of many. */
  defer(name: string, read: () => NewDocument): void {
    this.#deferred.set(name, () => this.#keep(read()));
  }

  has(name: string): boolean {
    return this.#documents.has(name) || this.#deferred.has(name);
  }

  /** By name or ARN. @throws AwsError InvalidDocumentContent where a deferred one is not valid */
  find(nameOrArn: string): StoredDocument | undefined {
    const name = nameOrArn.replace(/^arn:[^:]+:ssm:[^:]*:\d*:(?:document|automation-definition)\//, '');
    return this.#documents.get(name) ?? this.#deferred.get(name)?.();
  }

  /** All of them, by name. */
  list(): StoredDocument[] {
    const names = new Set([...this.#documents.keys(), ...this.#deferred.keys()]);
    return [...names].sort().flatMap((name) => this.find(name) ?? []);
  }

  #keep(document: NewDocument): StoredDocument {
    const stored = {
      ...document,
      hash: createHash('sha256').update(document.content).digest('hex'),
      runbook: validRunbook(document.content, document.format),
    };
    this.#documents.set(document.name, stored);
    this.#deferred.delete(document.name);
    return stored;
  }
}

/** Whether a document that exists has the version (number, `$LATEST` or `$DEFAULT`) that is asked for. */
export function hasVersion(version: string | undefined): boolean {
  return version === undefined || [DOCUMENT_VERSION, '$LATEST', '$DEFAULT'].includes(version);
}
