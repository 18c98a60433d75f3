import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { SSM } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { REGION } from '../../local/place.ts';
import { bootCloud } from '../helpers/cloud.ts';

const NAMES = readdirSync(join(import.meta.dirname, '..', '..', 'runbooks')).flatMap((file) =>
  file.endsWith('.yaml') ? [file.replace('.yaml', '')] : [],
);

it('offers every runbook of ours on the endpoint, and runs one for whoever asks', async () => {
  await using booted = await bootCloud();
  const options = {
    endpoint: booted.cloud.url,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const ssm = new SSM(options);
  const ec2 = new EC2(options);
  for (const Name of NAMES) {
    const { Document } = await ssm.describeDocument({ Name });
    expect(Document).toMatchObject({ Name, DocumentType: 'Automation', Status: 'Active' });
  }
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.11.0.0/16' });
  const ResourceId = Vpc?.VpcId ?? '';
  const { AutomationExecutionId } = await ssm.startAutomationExecution({
    DocumentName: 'Remediator-SetRequiredTags',
    Parameters: {
      ResourceId: [ResourceId],
      ResourceType: ['AWS::EC2::VPC'],
      RequiredTags: ['{"Owner": "unknown"}'],
    },
  });
  await expect
    .poll(async () => (await ssm.getAutomationExecution({ AutomationExecutionId })).AutomationExecution, {
      timeout: 15_000,
    })
    .toMatchObject({ AutomationExecutionStatus: 'Success' });
  const { Tags } = await ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [ResourceId] }] });
  expect(Tags).toMatchObject([{ Key: 'Owner', Value: 'unknown' }]);
});
