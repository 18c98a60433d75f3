import * as z from 'zod/mini';
import type { Verification } from '../use-cases/recheck-finding.ts';
import { readEvent } from './envelope.ts';

/** As stateEventsOf makes it; only what is needed here. */
const schema = z.lazy(() =>
  z.looseObject({
    detail: z.looseObject({
      findingId: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is no finding ID')),
      episode: z.int().check(z.positive()),
      to: z.literal('Verifying'),
      at: z.iso.datetime(),
    }),
  }),
);

/**
 * "Remediation State Change", our own, to Verifying.
 * @throws RemediatorError EVENT_INCOMPLETE
 */
export function verificationFrom(event: unknown): Verification {
  const { findingId, episode, at } = readEvent(schema, event, 'Remediation State Change').detail;
  return { findingId, episode, since: new Date(at) };
}
