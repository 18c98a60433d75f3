/** A machine that Systems Manager reaches. */
export interface ManagedInstance {
  readonly instanceId: string;
  readonly isOnline: boolean;
  readonly platform: 'Linux' | 'Windows';
  readonly ipAddress: string | undefined;
  readonly computerName: string;
  /** Name of the role of its instance profile. */
  readonly roleName: string;
  readonly tags: ReadonlyMap<string, string>;
  /** When it was first seen. */
  readonly registeredAt: Date;
}
