import { readText } from '../read-text.ts';

/** Documents have to be smaller than 64 KB; what is far larger is some other file. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/**
 * The text of a document.
 * @param what for people
 * @throws CliError as readText: one line that names the file
 */
export function readDocument(file: string, what = 'a document'): Promise<string> {
  return readText(file, { what, maxBytes: MAX_FILE_BYTES });
}
