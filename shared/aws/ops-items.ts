import {
  CreateOpsItemCommand,
  DescribeOpsItemsCommand,
  GetOpsItemCommand,
  type OpsItem,
  OpsItemAlreadyExistsException,
  type OpsItemDataValue,
  type OpsItemFilter,
  type SSMClient,
  UpdateOpsItemCommand,
} from '@aws-sdk/client-ssm';
import { RemediatorError } from '../domain/errors.ts';
import { truncateBytes } from '../domain/text.ts';
import type { NewOpsItem, OpsItemData, OpsItems, Place } from '../ports.ts';
import type { ForPlace } from './clients.ts';
import { isAwsError } from './errors.ts';

/** OpsCenter takes 20 KB a value. */
const MAX_VALUE_BYTES = 16_384;

/** As OpsCenter shows it; the rule for a person's word on an OpsItem in serverless.yml names it too. */
const SOURCE = 'remediator';

interface Options {
  readonly ssm: ForPlace<SSMClient>;
  /** Where people are told of what happens in a place. */
  readonly toldIn: (place: Place) => Promise<Place>;
  /** Our own account. */
  readonly accountId: string;
}

/** OpsCenter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html */
export function createOpsItems(options: Options): OpsItems {
  const { ssm, toldIn } = options;
  return {
    create: async (opsItem) => create(ssm(await toldIn(opsItem)), opsItem),

    async update(opsItemId, { status, data, ...place }) {
      const command = new UpdateOpsItemCommand({
        OpsItemId: opsItemId,
        OperationalData: operationalData(data),
        ...(status ? { Status: status } : {}),
      });
      for await (const client of clientsFor(options, place))
        if ((await unlessGone(client.send(command))) !== undefined) return true;
      return false;
    },

    async findOpen(findingId, place) {
      const OpsItemFilters: OpsItemFilter[] = [
        {
          Key: 'OperationalData',
          Values: [JSON.stringify({ key: 'findingId', value: findingId })],
          Operator: 'Equal',
        },
        { Key: 'Status', Values: ['Open', 'InProgress'], Operator: 'Equal' },
      ];
      for await (const client of clientsFor(options, place)) {
        const found = await findFirst(client, OpsItemFilters);
        if (found !== undefined) return found;
      }
      return undefined;
    },

    async read(opsItemId, place) {
      const found = await get(options, opsItemId, place);
      const entries = Object.entries(found?.OperationalData ?? {});
      return found && Object.fromEntries(entries.map(([key, data]) => [key, data.Value ?? '']));
    },

    async changed(opsItemId, place) {
      const found = await get(options, opsItemId, place);
      return found && { status: found.Status ?? '', by: found.LastModifiedBy ?? 'somebody' };
    },
  };
}

/** Where an OpsItem of a place may be: one from before we had a role there is in our own account, and stays there. */
async function* clientsFor({ ssm, toldIn, accountId }: Options, place: Place): AsyncGenerator<SSMClient> {
  const told = await toldIn(place);
  yield ssm(told);
  if (told.account !== accountId) yield ssm({ account: accountId, region: place.region });
}

async function get(options: Options, OpsItemId: string, place: Place): Promise<OpsItem | undefined> {
  const command = new GetOpsItemCommand({ OpsItemId });
  for await (const client of clientsFor(options, place)) {
    const found = await unlessGone(client.send(command));
    if (found !== undefined) return found.OpsItem ?? {};
  }
  return undefined;
}

/** @returns undefined where the OpsItem does not exist (any more) */
async function unlessGone<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isAwsError(error, 'OpsItemNotFoundException')) return undefined;
    throw error;
  }
}

async function findFirst(ssm: SSMClient, OpsItemFilters: OpsItemFilter[]): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(new DescribeOpsItemsCommand({ OpsItemFilters, NextToken }));
    const found = page.OpsItemSummaries?.[0]?.OpsItemId;
    if (found !== undefined) return found;
    // A filtered page can be empty and not the last.
    NextToken = page.NextToken;
  } while (NextToken);
  return undefined;
}

async function create(ssm: SSMClient, opsItem: NewOpsItem): ReturnType<OpsItems['create']> {
  const { title, description, priority, severity, category, dedupString, resourceArn, runbook, data } =
    opsItem;
  const json = (value: unknown) => ({ Type: 'SearchableString', Value: JSON.stringify(value) }) as const;
  try {
    const { OpsItemId } = await ssm.send(
      new CreateOpsItemCommand({
        Title: title,
        Description: description,
        Source: SOURCE,
        Priority: priority,
        Severity: severity,
        Category: category,
        OperationalData: {
          '/aws/dedup': json({ dedupString }),
          ...(resourceArn ? { '/aws/resources': json([{ arn: resourceArn }]) } : {}),
          ...(runbook
            ? {
                '/aws/automations': json([{ automationId: runbook, automationType: 'AWS::SSM::Automation' }]),
              }
            : {}),
          ...operationalData(data),
        },
      }),
    );
    if (OpsItemId) return { id: OpsItemId, isNew: true };
    throw new RemediatorError('AWS_CALL_FAILED', 'CreateOpsItem answered without an ID.');
  } catch (error) {
    // One is open for this finding already: made by us before a crash, or for an earlier attempt.
    if (error instanceof OpsItemAlreadyExistsException && error.OpsItemId)
      return { id: error.OpsItemId, isNew: false };
    throw error;
  }
}

function operationalData({ searchable = {}, plain = {} }: OpsItemData): Record<string, OpsItemDataValue> {
  const typed = (entries: Readonly<Record<string, string>>, Type: 'SearchableString' | 'String') =>
    Object.entries(entries).map(([key, value]): [string, OpsItemDataValue] => [
      key,
      { Type, Value: truncateBytes(value, MAX_VALUE_BYTES) },
    ]);
  return Object.fromEntries([...typed(searchable, 'SearchableString'), ...typed(plain, 'String')]);
}
