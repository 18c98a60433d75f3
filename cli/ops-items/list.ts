import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeOpsItemsCommand, type OpsItemSummary, type SSMClient } from '@aws-sdk/client-ssm';
import { newestAttempts } from '../aws/attempts.ts';
import type { Connection } from '../connection-options.ts';
import type { ListOptions } from '../list-options.ts';
import { printPage } from '../page.ts';
import { stateCell, timeText } from '../paint.ts';
import type { Ui } from '../ui.ts';

export interface OpsItemsDeps {
  readonly client: DynamoDBClient;
  readonly ssm: SSMClient;
  readonly ui: Ui;
}

/** How many pages of 50 one command asks for: DescribeOpsItems takes few calls a second. */
const MAX_PAGES = 20;

/** Lists Remediator's OpsItems of one region, the newest first, with the reason of what each stands for. */
export async function listOpsItems(
  { client, ssm, ui }: OpsItemsDeps,
  options: Pick<Connection, 'automationExecutionTrackerTable'> & ListOptions,
): Promise<void> {
  const { summaries, nextToken } = await read(ssm, options);
  const ids = summaries.flatMap((summary) => dataOf(summary, 'findingId') ?? []);
  const attempts = await newestAttempts(client, options.automationExecutionTrackerTable, ids);
  const opsItems = summaries.map((summary) => {
    const attempt = attempts.get(dataOf(summary, 'findingId') ?? '');
    const isOfAttempt = attempt !== undefined && attempt.opsItemId === summary.OpsItemId;
    return {
      opsItemId: summary.OpsItemId ?? '',
      status: summary.Status ?? '',
      title: summary.Title ?? '',
      createdAt: summary.CreatedTime?.toISOString(),
      modifiedAt: summary.LastModifiedTime?.toISOString(),
      reasonCode: dataOf(summary, 'reason'),
      ...(isOfAttempt ? { state: attempt.state, reason: attempt.stateReason } : {}),
    };
  });
  printPage(ui, options, {
    name: 'opsItems',
    called: 'OpsItems',
    items: opsItems,
    nextToken,
    headers: ['OpsItem', 'status', 'opened', 'remediation', 'title'],
    row: ({ opsItemId, status, createdAt, title, state, reason, reasonCode }) => ({
      cells: [opsItemId, stateCell(status), timeText(createdAt), stateCell(state ?? ''), title],
      below: reason ?? reasonCode,
    }),
  });
}

async function read(ssm: SSMClient, options: ListOptions) {
  const { state, limit, check, resource } = options;
  const OpsItemFilters = [
    { Key: 'Source' as const, Values: ['remediator'], Operator: 'Equal' as const },
    ...(state === undefined ? [] : [{ Key: 'Status' as const, Values: [state], Operator: 'Equal' as const }]),
  ];
  const summaries: OpsItemSummary[] = [];
  let NextToken = options.startingToken;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    // Never more than are still wanted: the token then goes on exactly where the list ends.
    const MaxResults = Math.min(50, limit - summaries.length);
    const answer = await ssm.send(new DescribeOpsItemsCommand({ OpsItemFilters, NextToken, MaxResults }));
    const wanted = (answer.OpsItemSummaries ?? []).filter(
      (summary) =>
        (dataOf(summary, 'checkName') ?? '').includes(check ?? '') &&
        (dataOf(summary, 'resource') ?? '').includes(resource ?? ''),
    );
    summaries.push(...wanted);
    NextToken = answer.NextToken;
    if (NextToken === undefined || summaries.length >= limit) break;
  }
  return { summaries, nextToken: NextToken };
}

function dataOf({ OperationalData }: OpsItemSummary, key: string): string | undefined {
  return OperationalData?.[key]?.Value;
}
