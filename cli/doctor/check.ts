import type { ServiceDefinition } from '../../local/service-definition/service-definition.ts';
import type { Clock } from '../../shared/ports.ts';
import type { Aws } from '../aws/open-aws.ts';
import type { TableName } from '../connection-options.ts';
import type { Queues } from '../dlq/ports.ts';

/**
 * `unknown`: it could not be found out, which is no pass. `skip`: there is no such thing at this endpoint, or nothing to
 * look at.
 */
export type Verdict = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';

/** One line of what a check says. */
export interface Result {
  readonly verdict: Verdict;
  readonly found: string;
  /** What to do; always there where something is wrong. */
  readonly remedy?: string;
}

export interface DoctorDeps {
  readonly aws: Aws;
  /** What serverless.yml deploys. */
  readonly stack: ServiceDefinition;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly queues: Queues;
  readonly clock: Pick<Clock, 'now'>;
  /** The laptop's cloud: roles are written down there, and nothing checks them. */
  readonly isLaptop: boolean;
  /** The `Date` header of the endpoint, and when it was read. */
  readonly serverTime: { readonly said: Date; readonly at: Date } | undefined;
}

/** One thing that is looked at. What AWS refuses is thrown, and told as `unknown`. */
export interface Check {
  /** Such as `tables`: for programs. */
  readonly id: string;
  readonly group: 'Events' | 'Functions' | 'Tables' | 'Roles and runbooks' | 'Quotas' | 'Configuration';
  readonly title: string;
  run(deps: DoctorDeps): Promise<readonly Result[]>;
}

export const pass = (found: string): Result => ({ verdict: 'pass', found });
export const skip = (found: string): Result => ({ verdict: 'skip', found });
export const warn = (found: string, remedy: string): Result => ({ verdict: 'warn', found, remedy });
export const fail = (found: string, remedy: string): Result => ({ verdict: 'fail', found, remedy });

/** What is wrong; or, where nothing is, one line that says what was looked at. */
export function orPass(wrong: readonly Result[], found: string): readonly Result[] {
  return wrong.length > 0 ? wrong : [pass(found)];
}

/** `1 row`, `2 rows`. */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Does something to each, a few at a time: AWS takes few such calls a second. */
export async function fewAtATime<Item, Out>(
  items: readonly Item[],
  work: (item: Item) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = [];
  for (let from = 0; from < items.length; from += 4)
    results.push(...(await Promise.all(items.slice(from, from + 4).map(work))));
  return results;
}
