import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { compileFilter, searchable } from '../filter.ts';
import { InputReader } from '../input-reader.ts';
import type { OpsItem } from '../ops-item.ts';
import type { OpsCenterParts, StoredOpsItem } from '../store.ts';

const MAX_RESULTS = 50;

/** DescribeOpsItems, newest first. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeOpsItems.html */
export function describeOpsItems({ store }: OpsCenterParts): Operation {
  return (input) => {
    const reader = new InputReader(input);
    const max = reader.integer('MaxResults', { min: 1, max: MAX_RESULTS }) ?? MAX_RESULTS;
    const token = reader.text('NextToken');
    const filters = reader.structures('OpsItemFilters') ?? [];
    reader.throwViolations();
    const tests = filters.map(compileFilter);
    const before = token === undefined ? Number.POSITIVE_INFINITY : rankOf(token);
    const matching = store
      .newestFirst()
      .filter(({ item, rank }) => rank < before && tests.every((test) => test(item)));
    const page = matching.slice(0, max);
    const last = page.at(-1);
    return {
      OpsItemSummaries: page.map(({ item }) => summarize(item)),
      NextToken: last && page.length < matching.length ? tokenOf(last) : undefined,
    };
  };
}

/** The members of OpsItemSummary: less than an OpsItem, and only the operational data that can be searched. */
function summarize(item: OpsItem): Partial<OpsItem> {
  const { Description, Version, OpsItemArn, Notifications, RelatedOpsItems, OperationalData, ...summary } =
    item;
  const data = searchable(item);
  return data.length > 0 ? { ...summary, OperationalData: Object.fromEntries(data) } : summary;
}

/** A token is the rank of the last OpsItem shown: new ones, which come first, shift nothing. */
function tokenOf({ rank }: StoredOpsItem): string {
  return Buffer.from(`ops-items:${rank}`).toString('base64url');
}

function rankOf(token: string): number {
  const rank = /^ops-items:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (rank === undefined) throw new AwsError('ValidationException', 'The specified token is not valid.');
  return Number(rank);
}
