import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { Ec2State } from './state.ts';

/**
 * The reservation that an earlier launch with the same client token and the same parameters got.
 * @throws AwsError IdempotentParameterMismatch where the parameters differ
 */
export function repeatedLaunch(
  token: string | undefined,
  request: JsonObject,
  state: Ec2State,
): string | undefined {
  const earlier = token === undefined ? undefined : state.launches.get(token);
  if (earlier && earlier.request !== JSON.stringify(request)) {
    throw new AwsError(
      'IdempotentParameterMismatch',
      'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
    );
  }
  return earlier?.reservationId;
}

export function rememberLaunch(
  token: string | undefined,
  launch: { request: JsonObject; reservationId: string },
  state: Ec2State,
): void {
  if (token === undefined) return;
  const { reservationId, request } = launch;
  state.launches.set(token, { reservationId, request: JSON.stringify(request) });
}
