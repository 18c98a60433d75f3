import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { optionalObjects, optionalString, optionalStrings } from '../../tags/request.ts';
import { ATTACHMENT_NAME } from './attachment.ts';

/** Where one attachment, or a folder of them, is to be had. */
export type AttachmentSource =
  /** A prefix under which each of the document's `files` is; with a name, only that one. */
  | { readonly from: 'prefix'; readonly bucket: string; readonly key: string; readonly name?: string }
  | { readonly from: 'object'; readonly bucket: string; readonly key: string; readonly name: string }
  | {
      readonly from: 'document';
      readonly document: string;
      readonly version: string;
      readonly file: string;
      readonly name: string;
    };

const KEYS = ['SourceUrl', 'S3FileUrl', 'AttachmentReference'] as const;

/**
 * The `Attachments` of a request.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AttachmentsSource.html
 * @throws AwsError ValidationException, InvalidParameterValueException
 */
export function readSources(input: JsonObject): AttachmentSource[] {
  return optionalObjects(input, 'Attachments', { max: 20 }).map(readSource);
}

/** What is wrong with a request's attachments. */
export function invalidAttachment(message: string, cause?: unknown): AwsError {
  return new AwsError('InvalidParameterValueException', message, { cause });
}

function readSource(source: JsonObject): AttachmentSource {
  const key = KEYS.find((each) => each === optionalString(source, 'Key', { oneOf: KEYS }));
  const given = optionalString(source, 'Name', { pattern: ATTACHMENT_NAME });
  const [value] = optionalStrings(source, 'Values', { min: 1, max: 1, minLength: 1, maxLength: 1024 });
  if (key === undefined) throw invalidAttachment(`An attachment needs a Key: ${KEYS.join(', ')}.`);
  if (value === undefined) throw invalidAttachment(`The attachment with the key ${key} has no Values.`);
  if (key === 'AttachmentReference') return readReference(value, given);
  const place = readUrl(value);
  if (key === 'SourceUrl') return { from: 'prefix', ...place, ...(given && { name: given }) };
  const name = given ?? place.key.split('/').at(-1) ?? '';
  return { from: 'object', ...place, name: checkName(name, value) };
}

/** `Document/version/file`; the document can be an ARN, which has a slash of its own. */
function readReference(value: string, given: string | undefined): AttachmentSource {
  const [, document, version, file] = /^(.+)\/(\d+|\$LATEST|\$DEFAULT)\/([^/]+)$/.exec(value) ?? [];
  if (document === undefined || version === undefined || file === undefined) {
    throw invalidAttachment(
      `The attachment reference ${value} is not of the form MyOtherDocument/3/my-other-file.py.`,
    );
  }
  return { from: 'document', document, version, file, name: given ?? checkName(file, value) };
}

const URLS = [
  /^s3:\/\/(?<bucket>[^/]+)\/?(?<key>.*)$/,
  /^https:\/\/s3[.-]?[a-z0-9-]*\.amazonaws\.com(?:\.cn)?\/(?<bucket>[^/]+)\/?(?<key>.*)$/,
  /^https:\/\/(?<bucket>[^/]+?)\.s3[.-]?[a-z0-9-]*\.amazonaws\.com(?:\.cn)?\/?(?<key>.*)$/,
];

function readUrl(url: string): { bucket: string; key: string } {
  const found = URLS.map((pattern) => pattern.exec(url)?.groups).find((groups) => groups !== undefined);
  if (found?.bucket === undefined || found.key === undefined) {
    throw invalidAttachment(
      `The attachment's URL ${url} is not one of S3, such as s3://bucket/prefix/file.py.`,
    );
  }
  return { bucket: found.bucket, key: found.key };
}

function checkName(name: string, value: string): string {
  if (ATTACHMENT_NAME.test(name)) return name;
  throw invalidAttachment(
    `${value} does not end in the name of an attachment (3 to 128 letters, digits and _-.): give a Name.`,
  );
}
