import type { TableName } from '../connection-options.ts';
import type { DoctorDeps } from './check.ts';

/** The name of a table of the template, as the command line has it. */
export function tableNameOf(
  { tables, stack }: Pick<DoctorDeps, 'tables' | 'stack'>,
  logicalId: string,
): string {
  const key = `${logicalId.slice(0, 1).toLowerCase()}${logicalId.slice(1)}`;
  const named = Object.hasOwn(tables, key) ? tables[key as TableName] : undefined;
  return named ?? stack.tables.find((table) => table.logicalId === logicalId)?.name ?? logicalId;
}
