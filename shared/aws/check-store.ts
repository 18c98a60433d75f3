import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { findingIdOf } from '../domain/finding.ts';
import type { CheckStore, Clock } from '../ports.ts';
import { createCheckReader } from './check-reader.ts';
import { approvalUpdateOf, updateOf } from './check-update.ts';

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/** CheckTrackerTable: docs/architecture.md, "Data". */
export function createCheckStore({ client, tableName, clock }: Options): CheckStore {
  return {
    ...createCheckReader({ client, tableName }),
    async track(finding) {
      const Key = { findingId: { S: findingIdOf(finding) } };
      const write = (update: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) =>
        written(client.send(new UpdateItemCommand({ TableName: tableName, Key, ...update })));
      if (await write(updateOf(finding, clock.now()))) return 'written';
      // What the person saw is stored already, or something newer is; that they clicked is still news.
      const approval = approvalUpdateOf(finding);
      return approval && (await write(approval)) ? 'written' : 'stale';
    },
  };
}

/** @returns false where the condition did not hold */
async function written(sending: Promise<unknown>): Promise<boolean> {
  try {
    await sending;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
