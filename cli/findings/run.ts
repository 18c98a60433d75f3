import { withAws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import type { ListOptions } from '../list-options.ts';
import { openUi } from '../ui.ts';
import { listFindings } from './list.ts';
import { showFinding } from './show.ts';

export function runList(options: Connection & ListOptions): Promise<void> {
  return withAws(options, async (aws) =>
    listFindings({ client: await aws.dynamoDb(), ui: openUi() }, options),
  );
}

export function runShow(id: string, options: Connection & { readonly json?: true }): Promise<void> {
  return withAws(options, async (aws) => {
    const client = await aws.dynamoDb();
    return showFinding({ client, ui: openUi() }, id, options);
  });
}
