import { withAws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import type { ListOptions } from '../list-options.ts';
import { openUi } from '../ui.ts';
import { listOpsItems } from './list.ts';

export function runList(options: Connection & ListOptions): Promise<void> {
  return withAws(options, async (aws) => {
    const [client, ssm] = await Promise.all([aws.dynamoDb(), aws.ssm()]);
    return listOpsItems({ client, ssm, ui: openUi() }, options);
  });
}
