export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** One version of a parameter. */
export interface StoredParameter {
  readonly name: string;
  /** Where its first version was made. */
  readonly region: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly dataType: string;
  readonly tier: string;
  readonly description: string | undefined;
  readonly lastModifiedDate: Date;
}

const VERSIONS_KEPT = 100;

/** Parameters, with the newest hundred versions of each, as AWS keeps them. */
export class ParameterStore {
  readonly #versions = new Map<string, StoredParameter[]>();

  /** The version asked for, or the newest. */
  find(name: string, version?: number): StoredParameter | undefined {
    const versions = this.#versions.get(name) ?? [];
    return version === undefined ? versions.at(-1) : versions.find((stored) => stored.version === version);
  }

  /** The newest version of each, by name. */
  list(): StoredParameter[] {
    return [...this.#versions.values()]
      .flatMap((versions) => versions.at(-1) ?? [])
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Forgets a parameter with all its versions; false where there is none. */
  delete(name: string): boolean {
    return this.#versions.delete(name);
  }

  /** Stores a new version; the first is 1. */
  put(parameter: Omit<StoredParameter, 'version'>): StoredParameter {
    const versions = this.#versions.get(parameter.name) ?? [];
    const stored = { ...parameter, version: (versions.at(-1)?.version ?? 0) + 1 };
    this.#versions.set(parameter.name, [...versions, stored].slice(-VERSIONS_KEPT));
    return stored;
  }
}
