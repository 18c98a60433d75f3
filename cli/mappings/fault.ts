import type { Fault } from '../../local/ssm/documents/fault.ts';
import type { JsonPath, JsonPlaces } from './json-places.ts';

/** What is wrong at a path of a file. */
export interface FileFault {
  readonly path: JsonPath;
  /** @default value */
  readonly on?: 'key' | 'value';
  readonly code: string;
  readonly message: string;
  /** @default error */
  readonly severity?: 'error' | 'warning';
}

/** Faults with their places, in the order of the text. */
export function placed(faults: readonly FileFault[], places: JsonPlaces): Fault[] {
  return faults
    .map(({ path, on, code, message, severity = 'error' }) => ({
      ...(on === 'key' ? places.keyAt(path) : places.valueAt(path)),
      severity,
      code,
      message,
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
