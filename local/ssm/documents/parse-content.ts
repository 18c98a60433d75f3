import { parse } from 'yaml';
import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';

export type DocumentFormat = 'YAML' | 'JSON';

const MAX_BYTES = 64 * 1024;
const MAX_ALIASES = 100;
const MAX_DEPTH = 50;
/** Keys that would reach an object's prototype wherever values are copied by assignment. */
const DANGEROUS_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A document's text as plain data.
 * @throws AwsError MaxDocumentSizeExceeded, InvalidDocumentContent
 */
export function parseContent(content: string, format: DocumentFormat): JsonObject {
  if (Buffer.byteLength(content) >= MAX_BYTES) {
    throw new AwsError('MaxDocumentSizeExceeded', 'The size limit of a document is 64 KB.');
  }
  const value = read(content, format);
  if (!isJsonObject(value)) {
    throw invalidContent(`the ${format} is not an object with schemaVersion and mainSteps at its top`);
  }
  checkKeys(value, 0);
  return value;
}

/** The error of a document that can't be accepted. */
export function invalidContent(reason: string, cause?: unknown): AwsError {
  return new AwsError('InvalidDocumentContent', `The document content is not valid: ${reason}.`, { cause });
}

function read(content: string, format: DocumentFormat): unknown {
  try {
    if (format === 'JSON') return JSON.parse(content);
    return parse(content, { maxAliasCount: MAX_ALIASES, logLevel: 'error' });
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw invalidContent(`it is not ${format} (${message.replace(/[.:]$/, '')})`, cause);
  }
}

function checkKeys(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw invalidContent(`it is nested more than ${MAX_DEPTH} levels deep`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (DANGEROUS_KEYS.has(key)) throw invalidContent(`the key ${key} is not allowed`);
    checkKeys(member, depth + 1);
  }
}
