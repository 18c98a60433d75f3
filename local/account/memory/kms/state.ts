/** A KMS key. Its material is of no interest here: nothing is encrypted. */
export interface KeyRecord {
  /** A UUID, or `mrk-…` of a multi-Region key. */
  readonly keyId: string;
  readonly region: string;
  readonly creationDate: Date;
  readonly keySpec: string;
  readonly keyUsage: string;
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly multiRegion: boolean;
  readonly description: string;
  policy: string;
  enabled: boolean;
  /** When it will be gone; undefined while no deletion is scheduled. */
  deletionDate: Date | undefined;
  rotation: { readonly periodInDays: number; readonly since: Date } | undefined;
  /** Undefined: never tagged. */
  tags: Map<string, string> | undefined;
}

export interface AliasRecord {
  /** With `alias/` before it. */
  readonly name: string;
  readonly region: string;
  readonly targetKeyId: string;
  readonly creationDate: Date;
}

/** KMS's part of the account: keys by ID, aliases by name. */
export interface KmsState {
  readonly keys: Map<string, KeyRecord>;
  readonly aliases: Map<string, AliasRecord>;
}

export function emptyKmsState(): KmsState {
  return { keys: new Map(), aliases: new Map() };
}
