import type { JsonObject } from '../service.ts';

/** DynamoDB operations that change items, by how they name their tables. */
const TABLES_OF: Readonly<Record<string, (input: JsonObject) => readonly unknown[]>> = {
  PutItem: (input) => [input.TableName],
  UpdateItem: (input) => [input.TableName],
  DeleteItem: (input) => [input.TableName],
  BatchWriteItem: (input) => Object.keys(asObject(input.RequestItems)),
  TransactWriteItems: (input) => asList(input.TransactItems).flatMap(tablesOfTransactItem),
  ExecuteStatement: () => [],
  BatchExecuteStatement: () => [],
  ExecuteTransaction: () => [],
};

/** Whether an operation may write items. PartiQL statements count, whatever they say. */
export function isWrite(operation: string): boolean {
  return Object.hasOwn(TABLES_OF, operation);
}

/** The tables that a write names; none where it does not say (PartiQL), or its body cannot be read. */
export function tablesWritten(operation: string, body: Buffer): string[] {
  const names = TABLES_OF[operation]?.(parse(body)) ?? [];
  const tables = names.filter((name) => typeof name === 'string').map(nameOfTable);
  return [...new Set(tables)];
}

function tablesOfTransactItem(item: unknown): unknown[] {
  return Object.entries(asObject(item))
    .filter(([action]) => action !== 'ConditionCheck')
    .map(([, request]) => asObject(request).TableName);
}

/** DynamoDB takes a table's ARN wherever it takes its name. */
function nameOfTable(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

function parse(body: Buffer): JsonObject {
  try {
    return asObject(JSON.parse(body.toString('utf8')));
  } catch {
    // DynamoDB itself judges the body; here it only serves a hint.
    return {};
  }
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
