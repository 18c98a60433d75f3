import { OpsItemNotFoundException, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { createAnswering } from '../../../../cli/aws/ops-items.ts';
import { openCatalogue } from '../../../../cli/mappings/catalogue.ts';
import { openLiveCatalogue } from '../../../../cli/mappings/live-catalogue.ts';

function clientOf(answer: unknown): SSMClient {
  const client = new SSMClient({ region: 'us-east-1' });
  client.send = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return client;
}

describe('an OpsItem', () => {
  const get = (answer: unknown) => createAnswering(async () => clientOf(answer)).get('oi-0123456789ab');

  it('that is not there is none', async () => {
    expect(await get(new OpsItemNotFoundException({ message: 'no', $metadata: {} }))).toBeUndefined();
  });

  it('is told from an answer that is not of AWS', async () => {
    await expect(get({})).rejects.toMatchObject({ name: 'NotAws', operation: 'GetOpsItem' });
  });
});

it('a runbook is told from an answer that is not of AWS, too', async () => {
  const { find } = openLiveCatalogue(clientOf({}), openCatalogue());
  await expect(find('AWS-StopEC2Instance')).rejects.toMatchObject({ operation: 'DescribeDocument' });
});
