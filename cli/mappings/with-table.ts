import { withAws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import { openUi } from '../ui.ts';
import type { ChangeDeps } from './change-table.ts';
import { createMappingTable } from './mapping-table.ts';

export type TableOptions = Pick<Connection, 'profile' | 'region' | 'endpointUrl' | 'automationMappingTable'>;

/** Runs a command against the table that its options name. */
export function withTable(
  options: TableOptions,
  run: (deps: ChangeDeps) => Promise<number>,
): Promise<number> {
  return withAws(options, async (aws) =>
    run({ table: createMappingTable(await aws.dynamoDb(), options.automationMappingTable), ui: openUi() }),
  );
}
