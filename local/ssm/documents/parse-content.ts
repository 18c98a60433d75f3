import { parse } from 'yaml';
import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';

export type DocumentFormat = 'YAML' | 'JSON';

/** A document has to be smaller. */
export const MAX_BYTES = 64 * 1024;

/** A valid document's text as plain data. */
export function parseContent(content: string, format: DocumentFormat): JsonObject {
  const value: unknown =
    format === 'JSON'
      ? JSON.parse(content)
      : parse(content, { merge: true, logLevel: 'silent', uniqueKeys: false });
  return isJsonObject(value) ? value : {};
}
