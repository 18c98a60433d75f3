import type { Account } from '../../account/account.ts';
import type { Clock } from '../../clock.ts';
import type { EventPublisher } from '../../events/event.ts';
import type { Ids } from '../../ids.ts';

/** What running a runbook needs. */
export interface EngineDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventPublisher;
  /** Where the runbooks' API calls go. */
  readonly account: Account;
  /** Told of faults that must not end an execution, such as a bus that refuses an event. */
  readonly reportFault: (error: unknown) => void;
}
