import type { Account } from '../../../account/account.ts';
import { AwsError } from '../../../aws-error.ts';
import type { DocumentStore } from '../document-store.ts';
import type { Runbook } from '../runbook.ts';
import { type Attachment, MAX_ATTACHMENTS, sha256 } from './attachment.ts';
import { type AttachmentSource, invalidAttachment } from './read-sources.ts';

export interface AttachmentDeps {
  /** Whose S3 has them. */
  readonly account: Pick<Account, 'call'>;
  readonly store: DocumentStore;
  readonly region: string;
}

/**
 * Fetches what is attached to a runbook, and checks it against the runbook's `files`.
 * @throws AwsError InvalidParameterValueException for what can't be fetched; InvalidDocumentContent where `files` has
 * no sha256 checksum of it, or another one
 */
export async function fetchAttachments(
  deps: AttachmentDeps,
  sources: readonly AttachmentSource[],
  runbook: Runbook,
): Promise<readonly Attachment[]> {
  const single = sources.flatMap((source) => splitPrefix(source, runbook));
  if (single.length > MAX_ATTACHMENTS) {
    throw invalidAttachment(
      `A runbook has ${MAX_ATTACHMENTS} attachments at most, these are ${single.length}.`,
    );
  }
  const names = single.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw invalidAttachment(`The attachment ${twice} is given twice.`);
  return Promise.all(
    single.map(async (source) => {
      const attachment = await fetchOne(deps, source);
      check(attachment, runbook);
      return attachment;
    }),
  );
}

type SingleSource = Exclude<AttachmentSource, { from: 'prefix' }>;

function splitPrefix(source: AttachmentSource, runbook: Runbook): SingleSource[] {
  if (source.from !== 'prefix') return [source];
  const { bucket, name: only } = source;
  const prefix = source.key === '' ? '' : `${source.key.replace(/\/$/, '')}/`;
  const names = only === undefined ? [...runbook.files.keys()] : [only];
  if (names.length === 0) {
    throw invalidAttachment(
      `The document has no files section, which says what to take from s3://${bucket}/${prefix}.`,
    );
  }
  return names.map((name) => ({ from: 'object', bucket, key: `${prefix}${name}`, name }));
}

async function fetchOne(deps: AttachmentDeps, source: SingleSource): Promise<Attachment> {
  if (source.from === 'document') return refer(deps.store, source);
  const { bucket, key, name } = source;
  const url = `s3://${bucket}/${key}`;
  const content = await getObject(deps, source).catch((cause: unknown) => {
    const reason = cause instanceof AwsError ? `${cause.code}: ${cause.message}` : String(cause);
    throw invalidAttachment(`The attachment ${name} could not be fetched from ${url} (${reason}).`, cause);
  });
  return { name, url, read: () => content };
}

/** A copy: what the other document becomes later is no concern of this one. */
function refer(store: DocumentStore, source: Extract<SingleSource, { from: 'document' }>): Attachment {
  const { document, version, file, name } = source;
  const found = store.find(document, version)?.attachments.get(file);
  const content = found?.read();
  if (found === undefined || content === undefined) {
    throw invalidAttachment(`The document ${document} has no attachment ${file} in its version ${version}.`);
  }
  return { name, url: found.url, read: () => content };
}

async function getObject(
  { account, region }: AttachmentDeps,
  { bucket, key }: { bucket: string; key: string },
): Promise<Uint8Array> {
  const { Body: body } = await account.call({
    service: 's3',
    operation: 'GetObject',
    input: { Bucket: bucket, Key: key },
    region,
  });
  if (body instanceof Uint8Array) return body;
  if (isSdkBody(body)) return body.transformToByteArray();
  throw new TypeError(`the body of s3://${bucket}/${key} is ${typeof body}, which is not bytes`);
}

/** The body as the SDK gives it. */
function isSdkBody(body: unknown): body is { transformToByteArray(): Promise<Uint8Array> } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'transformToByteArray' in body &&
    typeof body.transformToByteArray === 'function'
  );
}

function check({ name, read }: Attachment, runbook: Runbook): void {
  const content = read();
  const expected = runbook.files.get(name)?.checksums.get('sha256');
  const found = content && sha256(content);
  if (expected?.toLowerCase() === found) return;
  throw new AwsError(
    'InvalidDocumentContent',
    expected === undefined
      ? `The document's files section has no sha256 checksum of the attachment ${name}; it is ${found}.`
      : `The attachment ${name} has the sha256 checksum ${found}, the document's files section says ${expected}.`,
  );
}
