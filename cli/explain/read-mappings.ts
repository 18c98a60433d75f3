import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { plainRow } from '../../shared/domain/mapping-rows.ts';
import { CliError } from '../cli-error.ts';
import type { Row } from '../mappings/mappings-file.ts';
import { fillParameters, type PackParameters } from '../mappings/pack-parameters.ts';
import { toTableRow } from '../mappings/table-row.ts';
import { readJson } from '../read-json.ts';
import { explained } from '../read-text.ts';

const WHAT = 'mapping rows, plain or as DynamoDB has them';

/**
 * Mapping rows by their check's name, from a file, or from all `.json` files of a directory. A file holds one row, a
 * list of rows, a pack, or what `mappings list --json` or `aws dynamodb scan` print; a row is as `mappings put` takes
 * it, or DynamoDB's.
 * @throws CliError as readJson; NO_MAPPINGS, NOT_A_ROW, TWO_ROWS
 */
export async function readMappings(path: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = new Map<string, unknown>();
  for (const file of await filesIn(path)) {
    for (const row of rowsIn(await readJson(file, WHAT))) {
      const plain = await toPlain(row, file);
      const name = isObject(plain) ? plain.checkName : undefined;
      if (typeof name !== 'string')
        throw new CliError('NOT_A_ROW', `${file} has something without a checkName: it has to hold ${WHAT}`);
      if (rows.has(name))
        throw new CliError(
          'TWO_ROWS',
          `${file} has another row of ${JSON.stringify(name)}: keep one of them`,
        );
      rows.set(name, toTableRow(plain as Row));
    }
  }
  return rows;
}

async function filesIn(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => /(?<!\.schema)\.json$/.test(name)).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (error) {
    throw explained(path, error);
  }
  throw new CliError('NO_MAPPINGS', `${path} has no file that ends in .json`);
}

function rowsIn(content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content;
  if (isObject(content) && Array.isArray(content.Items)) return content.Items;
  if (isObject(content) && Array.isArray(content.mappings)) return content.mappings;
  if (isObject(content) && Array.isArray(content.rows)) return rowsOfPack(content.rows, content.parameters);
  return [isObject(content) && isObject(content.Item) ? content.Item : content];
}

/** What is different in each account nobody has said here: any value shows what would happen. */
function rowsOfPack(rows: readonly unknown[], parameters: unknown): readonly unknown[] {
  const declared = isObject(parameters) ? (parameters as PackParameters) : {};
  const values = Object.entries(declared).map(
    ([name, { default: value, example }]) => [name, value ?? example] as const,
  );
  return rows.map((row) => fillParameters(row, new Map(values)));
}

/** DynamoDB's JSON has a type around each value: `{"S": "…"}`. */
async function toPlain(row: unknown, file: string): Promise<unknown> {
  if (!isObject(row) || !isObject(row.checkName)) return row;
  const { unmarshall } = await import('@aws-sdk/util-dynamodb');
  try {
    // Whatever it is, unmarshall() looks before it takes it.
    return plainRow(unmarshall(row as Parameters<typeof unmarshall>[0]));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(
      'NOT_A_ROW',
      `${file} has a row that is no DynamoDB JSON (${reason}): it has to hold ${WHAT}`,
      { cause },
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
