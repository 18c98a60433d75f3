import type { ServiceDefinition } from '../../local/service-definition/service-definition.ts';
import { CliError } from '../cli-error.ts';
import type { Queues } from './ports.ts';
import { type FailureQueue, failureQueuesOf, queueNamed } from './stack-queues.ts';

export interface FoundQueue extends FailureQueue {
  readonly url: string;
}

/**
 * The queues that are meant: those that were named, or all of the stack's that there are (one is left out where its
 * source was switched off on deploying).
 * @throws CliError NO_QUEUE where one that was named is missing, or all are
 */
export async function findQueues(
  queues: Queues,
  stack: ServiceDefinition,
  names: readonly string[],
): Promise<{ readonly found: readonly FoundQueue[]; readonly missing: readonly string[] }> {
  const wanted = names.length === 0 ? failureQueuesOf(stack) : names.map((name) => queueNamed(stack, name));
  const unique = [...new Map(wanted.map((each) => [each.name, each])).values()];
  const asked = await Promise.all(
    unique.map(async (each) => ({ ...each, url: await queues.urlOf(each.name) })),
  );
  const found = asked.flatMap(({ url, ...each }) => (url === undefined ? [] : [{ ...each, url }]));
  const missing = asked.filter(({ url }) => url === undefined).map(({ name }) => name);
  if (missing.length > 0 && (names.length > 0 || found.length === 0))
    throw new CliError(
      'NO_QUEUE',
      `There is no queue ${missing.join(', ')} in ${stack.region}; name another --region, --stage or --service, or a queue that remediator dlq list shows`,
    );
  return { found, missing };
}
