import type { Row } from './mappings-file.ts';
import { ANNOTATIONS } from './pack-schema.ts';

/** A row as the table takes it: without annotations, its templates as texts. */
export function toTableRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !ANNOTATIONS.includes(name))
      .map(([name, value]) => [
        name,
        name === 'automationParameters' || name === 'rollbackParameters' ? textOf(value) : value,
      ]),
  );
}

/** A template as text, which in a file may be an object. */
export function textOf(template: unknown): string {
  return typeof template === 'string' ? template : JSON.stringify(template);
}
