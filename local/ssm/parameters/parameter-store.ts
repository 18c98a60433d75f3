export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** One version of a parameter. */
export interface StoredParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly dataType: string;
  readonly lastModifiedDate: Date;
}

const VERSIONS_KEPT = 100;

/** Parameters of every region, with the newest hundred versions of each, as AWS keeps them. */
export class ParameterStore {
  readonly #versions = new Map<string, StoredParameter[]>();

  /** The version asked for, or the newest. */
  find(region: string, name: string, version?: number): StoredParameter | undefined {
    const versions = this.#versions.get(keyOf(region, name)) ?? [];
    return version === undefined ? versions.at(-1) : versions.find((stored) => stored.version === version);
  }

  /** Stores a new version; the first is 1. */
  put(region: string, parameter: Omit<StoredParameter, 'version'>): StoredParameter {
    const key = keyOf(region, parameter.name);
    const versions = this.#versions.get(key) ?? [];
    const stored = { ...parameter, version: (versions.at(-1)?.version ?? 0) + 1 };
    this.#versions.set(key, [...versions, stored].slice(-VERSIONS_KEPT));
    return stored;
  }
}

function keyOf(region: string, name: string): string {
  return `${region} ${name}`;
}
