import type { JsonObject } from '../../../../service.ts';
import { listOf, mapOf, textOf } from './read.ts';

export interface InstanceState {
  readonly id: string;
  /** Such as `running`. */
  readonly state: string;
  /** Why it is in that state, where EC2 says so. */
  readonly reason: string | undefined;
}

/** The instances of a DescribeInstances response. */
export function instancesOf(response: JsonObject): readonly InstanceState[] {
  return listOf(response, 'Reservations')
    .flatMap((reservation) => listOf(reservation, 'Instances'))
    .map((instance) => ({
      id: textOf(instance, 'InstanceId') ?? '',
      state: textOf(mapOf(instance, 'State'), 'Name') ?? '',
      reason: textOf(mapOf(instance, 'StateReason'), 'Message'),
    }));
}

/** Such as `i-0123456789abcdef0 is terminated (Client.UserInitiatedShutdown: …)`. */
export function describeState({ id, state, reason }: InstanceState): string {
  return reason === undefined || reason === '' ? `${id} is ${state}` : `${id} is ${state} (${reason})`;
}
