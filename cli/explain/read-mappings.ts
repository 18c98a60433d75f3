import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { plainRow } from '../../shared/domain/mapping-rows.ts';
import { CliError } from '../cli-error.ts';
import { explained, readJson } from '../read-json.ts';

const WHAT = 'mapping rows, plain or as DynamoDB has them';

/**
 * Mapping rows by their check's name, from a file, or from all `.json` files of a directory. A file holds one row, a
 * list of rows, or what `aws dynamodb scan` prints; a row is plain JSON, or DynamoDB's.
 * @throws CliError as readJson; NO_MAPPINGS, NOT_A_ROW, TWO_ROWS
 */
export async function readMappings(path: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = new Map<string, unknown>();
  for (const file of await filesIn(path)) {
    for (const row of rowsIn(await readJson(file, WHAT))) {
      const plain = await toPlain(row);
      const name = isObject(plain) ? plain.checkName : undefined;
      if (typeof name !== 'string')
        throw new CliError('NOT_A_ROW', `${file} has something without a checkName: it has to hold ${WHAT}`);
      if (rows.has(name))
        throw new CliError(
          'TWO_ROWS',
          `${file} has another row of ${JSON.stringify(name)}: keep one of them`,
        );
      rows.set(name, plain);
    }
  }
  return rows;
}

async function filesIn(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (error) {
    throw explained(path, error);
  }
  throw new CliError('NO_MAPPINGS', `${path} has no file that ends in .json`);
}

function rowsIn(content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content;
  if (isObject(content) && Array.isArray(content.Items)) return content.Items;
  return [isObject(content) && isObject(content.Item) ? content.Item : content];
}

/** DynamoDB's JSON has a type around each value: `{"S": "…"}`. */
async function toPlain(row: unknown): Promise<unknown> {
  if (!isObject(row) || !isObject(row.checkName)) return row;
  const { unmarshall } = await import('@aws-sdk/util-dynamodb');
  try {
    // Whatever it is, unmarshall() looks before it takes it.
    return plainRow(unmarshall(row as Parameters<typeof unmarshall>[0]));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('NOT_A_ROW', `A row is no DynamoDB JSON (${reason}): it has to be ${WHAT}`, { cause });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
