import { randomBytes, randomUUID } from 'node:crypto';

/** Where new identifiers come from. Injected, so that tests can name them. */
export interface Ids {
  /** A UUID, such as an automation execution's ID. */
  uuid(): string;
  /** `length` lower-case hexadecimal digits, such as the end of `oi-0123456789ab`. */
  hex(length: number): string;
}

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length),
};
