import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Attachment } from './attachments/attachment.ts';
import type { ChangeCalendar } from './calendar/change-calendar.ts';
import { readCalendar } from './calendar/read-calendar.ts';
import type { DocumentFormat } from './parse-content.ts';
import type { Runbook } from './runbook.ts';
import { validRunbook } from './valid-runbook.ts';

/** One version of a document as Systems Manager keeps it. */
export type StoredDocument = AutomationDocument | CalendarDocument;

export interface AutomationDocument extends Common {
  readonly type: 'Automation';
  readonly format: DocumentFormat;
  readonly runbook: Runbook;
}

export interface CalendarDocument extends Common {
  readonly type: 'ChangeCalendar';
  readonly format: 'TEXT';
  readonly calendar: ChangeCalendar;
}

interface Common {
  readonly name: string;
  /** A number, from 1. */
  readonly version: string;
  /** `Amazon`, or the account's ID. */
  readonly owner: string;
  readonly content: string;
  readonly createdDate: Date;
  readonly displayName: string | undefined;
  readonly versionName: string | undefined;
  readonly targetType: string | undefined;
  /** SHA-256 of the content, in hexadecimal. */
  readonly hash: string;
  /** By name. */
  readonly attachments: ReadonlyMap<string, Attachment>;
}

export interface NewDocument extends Omit<Common, 'version' | 'hash' | 'attachments'> {
  /** @default Automation */
  readonly type?: StoredDocument['type'];
  readonly format: StoredDocument['format'];
  /** What belongs to it, once it has been found valid. @default nothing */
  readonly attachments?: (runbook: Runbook) => readonly Attachment[];
}

interface Versions {
  /** The first is version 1. */
  readonly all: StoredDocument[];
  default: string;
  /** The highest number that was ever given. */
  last: number;
}

/** Documents by name, in all their versions. */
export class DocumentStore {
  readonly #documents = new Map<string, Versions>();
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

  /**
   * By name or ARN.
   * @param version number, `$LATEST` or `$DEFAULT`
   * @throws AwsError InvalidDocumentContent where a deferred one is not valid
   */
  find(nameOrArn: string, version = '$DEFAULT'): StoredDocument | undefined {
    const name = nameOrArn.replace(/^arn:[^:]+:ssm:[^:]*:\d*:(?:document|automation-definition)\//, '');
    this.#deferred.get(name)?.();
    const versions = this.#documents.get(name);
    if (version === '$LATEST') return versions?.all.at(-1);
    const wanted = version === '$DEFAULT' ? versions?.default : version;
    return versions?.all.find((document) => document.version === wanted);
  }

  /** All versions, the oldest first. */
  versions(name: string): readonly StoredDocument[] {
    return this.#documents.get(name)?.all ?? [];
  }

  /** Checks and keeps the next version of a document that is there. @throws AwsError as {@link add}, but for the last */
  update(document: NewDocument): StoredDocument {
    return this.#keep(document);
  }

  /** Makes a version that is there the one that is found where none is asked for. */
  setDefault({ name, version }: StoredDocument): void {
    const versions = this.#documents.get(name);
    if (versions !== undefined) versions.default = version;
  }

  /** Forgets a document with all its versions. */
  delete(name: string): void {
    this.#documents.delete(name);
    this.#deferred.delete(name);
  }

  /** Forgets one version, which must not be the default one. Its number is not given again. */
  deleteVersion({ name, version }: StoredDocument): void {
    const versions = this.#documents.get(name);
    if (versions === undefined) return;
    const index = versions.all.findIndex((document) => document.version === version);
    if (index >= 0) versions.all.splice(index, 1);
  }

  /** All of them, by name. */
  list(): StoredDocument[] {
    const names = new Set([...this.#documents.keys(), ...this.#deferred.keys()]);
    return [...names].sort().flatMap((name) => this.find(name) ?? []);
  }

  #keep(document: NewDocument): StoredDocument {
    const kind = read(document);
    const versions = this.#documents.get(document.name) ?? { all: [], default: '1', last: 0 };
    const attachments = (kind.type === 'Automation' && document.attachments?.(kind.runbook)) || [];
    const stored: StoredDocument = {
      ...document,
      ...kind,
      version: String(versions.last + 1),
      hash: createHash('sha256').update(document.content).digest('hex'),
      attachments: new Map(attachments.map((attachment) => [attachment.name, attachment])),
    };
    versions.all.push(stored);
    versions.last += 1;
    this.#documents.set(document.name, versions);
    this.#deferred.delete(document.name);
    return stored;
  }
}

type Kind =
  | Pick<AutomationDocument, 'type' | 'format' | 'runbook'>
  | Pick<CalendarDocument, 'type' | 'format' | 'calendar'>;

function read({ type, content, format }: NewDocument): Kind {
  if (type === 'ChangeCalendar') return { type, format: 'TEXT', calendar: readCalendar(content) };
  if (format === 'TEXT') throw new TypeError('A runbook is written in YAML or JSON');
  return { type: 'Automation', format, runbook: validRunbook(content, format) };
}
