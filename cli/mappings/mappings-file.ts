import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { plainRow } from '../../shared/domain/mapping-rows.ts';
import { readDocument } from '../runbook/read-document.ts';
import type { FileFault } from './fault.ts';
import { type JsonPath, type JsonPlaces, NotJson, readJson } from './json-places.ts';
import type { PackParameters } from './pack-parameters.ts';
import { packParameter, packSchema, parameterName } from './pack-schema.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A row as the file has it, its templates as objects where they can be read. Nothing is filled in yet. */
export interface FileRow {
  readonly row: Row;
  readonly path: JsonPath;
}

/** A file of mappings: a pack, a row, a list of rows, or what `mappings list --json` or the AWS CLI prints of them. */
export interface MappingsFile {
  readonly file: string;
  readonly rows: readonly FileRow[];
  /** A pack's name; undefined: the file is none. */
  readonly pack?: string;
  /** What a pack is for. */
  readonly description?: string;
  readonly parameters: PackParameters;
  /** Parameters that a pack declares wrongly. */
  readonly unsound?: readonly string[];
  readonly places: JsonPlaces;
  /** What is wrong with the file around its rows. */
  readonly faults: readonly FileFault[];
}

/**
 * Reads a file of mappings; whatever is wrong with its content is told as a fault.
 * @throws CliError NO_FILE, NOT_A_FILE, NOT_READABLE, FILE_TOO_LARGE, FILE_EMPTY, NOT_TEXT
 */
export async function readMappingsFile(file: string): Promise<MappingsFile> {
  const text = await readDocument(file, 'a file of mappings');
  const nothing = { file, rows: [], parameters: {} };
  try {
    const { value, places } = readJson(text.replace(/^\ufeff/, ''));
    const twice = places.twice.map(
      (path): FileFault => ({
        path,
        on: 'key',
        code: 'KeyTwice',
        message: `${JSON.stringify(path.at(-1))} stands twice: only the last one would count`,
      }),
    );
    const content = isObject(value) && 'rows' in value ? packIn(value) : rowsIn(value);
    return { ...nothing, places, ...content, faults: [...twice, ...content.faults] };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const { place } = error;
    const faults = [{ path: [], code: 'NotJson', message: error.message }];
    return { ...nothing, faults, places: { valueAt: () => place, keyAt: () => place, twice: [] } };
  }
}

type Content = Pick<MappingsFile, 'rows' | 'faults'> &
  Partial<Pick<MappingsFile, 'pack' | 'description' | 'parameters' | 'unsound'>>;

function packIn(value: Row): Content {
  const parsed = packSchema.safeParse(value);
  const faults = (parsed.error?.issues ?? []).flatMap((issue): FileFault[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key] as JsonPath,
          on: 'key',
          code: 'UnknownAttribute',
          message:
            issue.path.length === 0
              ? `${JSON.stringify(key)} is no attribute of a pack; those are ${Object.keys(packSchema.shape).join(', ')}`
              : `${JSON.stringify(key)} is no attribute of a parameter; those are ${Object.keys(packParameter.shape).join(', ')}`,
        }))
      : [
          {
            path: issue.path as JsonPath,
            code: 'WrongValue',
            message: `${issue.path.join('.')}: ${issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message}`,
          },
        ],
  );
  const rows = Array.isArray(value.rows) ? listIn(value.rows, ['rows']) : { rows: [], faults: [] };
  const parameters = parsed.data?.parameters ?? soundParameters(value.parameters);
  const declared = isObject(value.parameters) ? Object.keys(value.parameters) : [];
  return {
    pack: typeof value.name === 'string' ? value.name : '',
    ...(parsed.data === undefined ? {} : { description: parsed.data.description }),
    parameters,
    unsound: declared.filter((name) => !Object.hasOwn(parameters, name)),
    rows: rows.rows,
    faults: [...faults, ...rows.faults],
  };
}

/** Those that are sound: the others are told of, and need not make every row wrong besides. */
function soundParameters(declared: unknown): PackParameters {
  if (!isObject(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, each]) => {
      const { data } = packParameter.safeParse(each);
      return data === undefined || !parameterName.safeParse(name).success ? [] : [[name, data]];
    }),
  );
}

function rowsIn(value: unknown): Content {
  if (Array.isArray(value)) return listIn(value, []);
  if (isObject(value) && Array.isArray(value.Items)) return listIn(value.Items, ['Items']);
  if (isObject(value) && Array.isArray(value.mappings)) return listIn(value.mappings, ['mappings']);
  if (isObject(value) && isObject(value.Item)) return listIn([value.Item], [], ['Item']);
  if (isObject(value) && 'checkName' in value) return listIn([value], [], []);
  // `mappings/*.json` names it along with the packs.
  if (isObject(value) && isObject(value.definitions) && typeof value.$schema === 'string')
    return {
      rows: [],
      faults: [
        {
          path: [],
          code: 'JsonSchema',
          severity: 'warning',
          message: 'it is a JSON Schema: it holds no mapping',
        },
      ],
    };
  const message =
    'it holds no mapping: it has to be a row (an object with checkName), a list of rows, or a pack (an object with rows)';
  return { rows: [], faults: [{ path: [], code: 'NoMapping', message }] };
}

/** @param only the path of the only member, where the list is none in the file */
function listIn(list: readonly unknown[], path: JsonPath, only?: JsonPath): Content {
  const rows: FileRow[] = [];
  const faults: FileFault[] = [];
  for (const [index, member] of list.entries()) {
    const at = only ?? [...path, index];
    if (isObject(member)) rows.push({ row: normal(member), path: at });
    else faults.push({ path: at, code: 'NoMapping', message: 'a row has to be an object' });
  }
  return { rows, faults };
}

/** As the table's row reads, with templates as objects: a text in a text has no places of its own. */
function normal(member: Row): Row {
  const row = isObject(member.checkName) ? fromDynamoDb(member) : member;
  const { $schema: _, ...rest } = row;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === 'automationParameters' || name === 'rollbackParameters' ? templateIn(value) : value,
    ]),
  );
}

function fromDynamoDb(member: Row): Row {
  try {
    // Whatever is no attribute value makes unmarshall throw.
    const row = plainRow(unmarshall(member as Record<string, AttributeValue>));
    return isObject(row) ? row : member;
  } catch (error) {
    if (error instanceof Error) return member;
    throw error;
  }
}

function templateIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : value;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

export function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
