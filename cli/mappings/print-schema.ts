import { openUi } from '../ui.ts';
import { packJsonSchema } from './json-schema.ts';

/** Prints the JSON Schema of packs. */
export function printSchema(): void {
  openUi().print(JSON.stringify(packJsonSchema(), null, 2));
}
