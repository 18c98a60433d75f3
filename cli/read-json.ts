import { CliError } from './cli-error.ts';
import { readText } from './read-text.ts';

/** Events and mapping rows are small; what is far larger is some other file. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Deeper than any event; what is walked through has to fit on the stack. */
const MAX_DEPTH = 200;

/**
 * What a JSON file holds.
 * @param what for people: `an event`
 * @throws CliError NOT_JSON; as readText: one line that names the file
 */
export async function readJson(file: string, what: string): Promise<unknown> {
  const text = await readText(file, { what, maxBytes: MAX_FILE_BYTES });
  const value = parse(text, (reason, cause) => {
    throw new CliError('NOT_JSON', `${file} is not JSON (${reason}): it has to be ${what}`, { cause });
  });
  if (isDeeper(value, MAX_DEPTH))
    throw new CliError('NOT_JSON', `${file} is more than ${MAX_DEPTH} levels deep: it has to be ${what}`);
  return value;
}

function parse(text: string, fail: (reason: string, cause: unknown) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause), cause);
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
