import { expect } from 'vitest';
import type { AwsCommands } from './aws-cli.ts';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const TOKEN = '11111111-2222-4333-8444-555555555555';
const NAP = JSON.stringify({
  schemaVersion: '0.3',
  parameters: { Duration: { type: 'String', allowedPattern: 'PT\\d+[SM]' } },
  mainSteps: [{ name: 'nap', action: 'aws:sleep', inputs: { Duration: '{{ Duration }}' } }],
});

/** Automation: a runbook is started, looked at, and stopped. */
export async function automation(aws: AwsCommands): Promise<void> {
  const create = 'ssm create-document --name Cli-Nap --document-type Automation --content';
  expect(await aws.json(create, NAP)).toMatchObject({ DocumentDescription: { Status: 'Active' } });
  await aws.refused('DocumentAlreadyExists', create, NAP);

  const start = 'ssm start-automation-execution --document-name';
  const id = await aws.text(
    `${start} Cli-Nap --parameters Duration=PT10M --client-token ${TOKEN} --tags Key=finding,Value=f1`,
    ...['--query', 'AutomationExecutionId', '--output', 'text'],
  );
  await aws.refused(
    'IdempotentParameterMismatch',
    `${start} Cli-Nap --parameters Duration=PT9M --client-token ${TOKEN}`,
  );
  await aws.refused('AutomationDefinitionNotFoundException', `${start} AWS-NoSuchRunbook`);
  const message = await aws.refused(
    'InvalidAutomationExecutionParametersException',
    `${start} AWS-DisablePublicAccessForSecurityGroup --parameters GroupId=everybody`,
  );
  expect(message).toContain('"GroupId" has the value "everybody"');

  const one = `--automation-execution-id ${id}`;
  expect(await aws.json(`ssm get-automation-execution ${one}`)).toMatchObject({
    AutomationExecution: {
      DocumentName: 'Cli-Nap',
      AutomationExecutionStatus: 'InProgress',
      Parameters: { Duration: ['PT10M'] },
    },
  });
  await aws.refused(
    'AutomationExecutionNotFoundException',
    `ssm get-automation-execution --automation-execution-id ${UNKNOWN_ID}`,
  );
  const list = 'ssm describe-automation-executions --filters';
  expect(await aws.json(`${list} Key=DocumentNamePrefix,Values=Cli-`)).toMatchObject({
    AutomationExecutionMetadataList: [{ AutomationExecutionId: id }],
  });
  await aws.refused('InvalidFilterValue', `${list} Key=ExecutionStatus,Values=Canceled`);
  expect(await aws.json(`ssm describe-automation-step-executions ${one}`)).toMatchObject({
    StepExecutions: [{ StepName: 'nap', Action: 'aws:sleep', StepStatus: 'InProgress' }],
  });
  expect(await aws.json(`ssm list-tags-for-resource --resource-type Automation --resource-id ${id}`)).toEqual(
    { TagList: [{ Key: 'finding', Value: 'f1' }] },
  );
  await aws.text(`ssm stop-automation-execution ${one} --type Cancel`);
  await aws.refused('InvalidAutomationStatusUpdateException', `ssm stop-automation-execution ${one}`);
}

/** OpsCenter: an OpsItem is made once, found, and resolved. */
export async function opsCenter(aws: AwsCommands): Promise<void> {
  const create = 'ssm create-ops-item --description made --title by-the-CLI --source';
  const dedup = JSON.stringify({
    '/aws/dedup': { Type: 'SearchableString', Value: JSON.stringify({ dedupString: 'by-the-CLI' }) },
  });
  const made = [`${create} somebody --query OpsItemId --output text --operational-data`, dedup] as const;
  const id = await aws.text(...made);
  expect(id).toMatch(/^oi-[0-9a-f]{12}$/);
  expect(await aws.refused('OpsItemAlreadyExistsException', ...made)).toContain(id);
  await aws.refused('OpsItemInvalidParameterException', `${create} aws`);
  expect(await aws.json(`ssm get-ops-item --ops-item-id ${id}`)).toMatchObject({
    OpsItem: { OpsItemId: id, Title: 'by-the-CLI', Status: 'Open', Source: 'somebody' },
  });
  await aws.refused('OpsItemNotFoundException', 'ssm get-ops-item --ops-item-id oi-ffffffffffff');
  await aws.text(`ssm update-ops-item --ops-item-id ${id} --status Resolved --region eu-west-1`);
  await aws.refused('ValidationException', `ssm update-ops-item --ops-item-id ${id} --status Mended`);
  const find = 'ssm describe-ops-items --ops-item-filters Key=Title,Operator=Equal,Values=by-the-CLI';
  expect(await aws.json(`${find} --query OpsItemSummaries[].[OpsItemId,Status]`)).toEqual([[id, 'Resolved']]);
}

/** Documents, Parameter Store, and the tags of both. */
export async function documentsParametersAndTags(aws: AwsCommands): Promise<void> {
  const runbook = 'AWS-DisablePublicAccessForSecurityGroup';
  const names = 'ssm list-documents --filters Key=Owner,Values=Amazon --query DocumentIdentifiers[].Name';
  expect(await aws.json(names)).toContain(runbook);
  expect(await aws.json(`ssm describe-document --name ${runbook}`)).toMatchObject({
    Document: { DocumentType: 'Automation', Owner: 'Amazon', Parameters: [{ Name: 'GroupId' }, {}, {}] },
  });
  expect(await aws.text(`ssm get-document --name ${runbook} --query Content --output text`)).toContain(
    'mainSteps:',
  );
  await aws.refused('InvalidDocument', 'ssm get-document --name AWS-NoSuchRunbook');
  await aws.refused(
    'InvalidDocumentContent',
    'ssm create-document --name Cli-Broken --document-type Automation --content',
    NAP.replace('aws:sleep', 'aws:slept'),
  );

  const put = 'ssm put-parameter --name /cli/value --type String --value one';
  expect(await aws.json(put)).toEqual({ Version: 1, Tier: 'Standard' });
  await aws.refused('ParameterAlreadyExists', put);
  expect(await aws.json('ssm get-parameter --name /cli/value')).toMatchObject({
    Parameter: { Value: 'one', ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/cli/value' },
  });
  await aws.refused('ParameterNotFound', 'ssm get-parameter --name /cli/none');

  const resource = '--resource-type Parameter --resource-id';
  await aws.text(`ssm add-tags-to-resource ${resource} /cli/value --tags Key=team,Value=a`);
  expect(await aws.json(`ssm list-tags-for-resource ${resource} /cli/value`)).toEqual({
    TagList: [{ Key: 'team', Value: 'a' }],
  });
  await aws.refused('InvalidResourceId', `ssm list-tags-for-resource ${resource} /cli/none`);
}
