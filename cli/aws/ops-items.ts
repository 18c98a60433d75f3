import { GetOpsItemCommand, type SSMClient, UpdateOpsItemCommand } from '@aws-sdk/client-ssm';
import { isAwsError } from '../../shared/aws/errors.ts';
import { NotAws } from './faults.ts';

/** An OpsItem, as far as an answer to it needs it. */
export interface OpsItemView {
  readonly id: string;
  readonly region: string;
  readonly status: string;
  readonly source: string;
  readonly title: string;
  /** Its operational data. */
  readonly data: Readonly<Record<string, string>>;
}

/** OpsCenter, for a person who answers. */
export interface Answering {
  /** @param region Remediator's own without it. @returns undefined: there is no such OpsItem there */
  get(id: string, region?: string): Promise<OpsItemView | undefined>;
  say(id: string, region: string, answer: string): Promise<void>;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateOpsItem.html */
export function createAnswering(ssm: (region?: string) => Promise<SSMClient>): Answering {
  return {
    async get(id, region) {
      const client = await ssm(region);
      try {
        const { OpsItem } = await client.send(new GetOpsItemCommand({ OpsItemId: id }));
        if (OpsItem === undefined) throw new NotAws('GetOpsItem', 'OpsItem');
        const { Status = '', Source = '', Title = '', OperationalData = {} } = OpsItem;
        return {
          id,
          region: region ?? (await client.config.region()),
          status: Status,
          source: Source,
          title: Title,
          data: Object.fromEntries(
            Object.entries(OperationalData).map(([key, { Value = '' }]) => [key, Value]),
          ),
        };
      } catch (error) {
        if (isAwsError(error, 'OpsItemNotFoundException')) return undefined;
        throw error;
      }
    },
    async say(id, region, answer) {
      const client = await ssm(region);
      await client.send(
        new UpdateOpsItemCommand({
          OpsItemId: id,
          OperationalData: { answer: { Type: 'String', Value: answer } },
        }),
      );
    },
  };
}
