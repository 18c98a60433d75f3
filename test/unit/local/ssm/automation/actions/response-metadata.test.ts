import { expect, it } from 'vitest';
import { noteMetadata } from '../../../../../../local/account/response-metadata.ts';
import { actionStack } from './support.ts';

const CALL = { Service: 'ec2', Api: 'ModifySubnetAttribute' };
const METADATA = [
  { Name: 'Http', Selector: '$.ResponseMetadata', Type: 'StringMap' },
  { Name: 'Status', Selector: '$.ResponseMetadata.HTTPStatusCode', Type: 'Integer' },
];

it('gives each response the metadata that runbooks read it by', async () => {
  const stack = actionStack({ ModifySubnetAttribute: () => ({}), Report: () => ({}) });
  const shown = await stack.runAll([
    { action: 'aws:executeAwsApi', inputs: CALL, outputs: METADATA },
    { action: 'aws:executeAwsApi', inputs: { Service: 's3', Api: 'Report', Status: '{{ step1.Status }}' } },
  ]);
  expect(shown.AutomationExecutionStatus).toBe('Success');
  expect(JSON.parse(String(shown.StepExecutions[0]?.Outputs?.Http))).toEqual({
    RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    HTTPStatusCode: 200,
    RetryAttempts: 0,
  });
  expect(stack.calls[1]?.input).toEqual({ Status: 200 });
});

it('tells the metadata that came with the answer', async () => {
  const answer = () => {
    const output = {};
    noteMetadata(output, { httpStatusCode: 204, requestId: 'r-1', attempts: 2 });
    return output;
  };
  const stack = actionStack({ ModifySubnetAttribute: answer });
  const shown = await stack.runAll([{ action: 'aws:executeAwsApi', inputs: CALL, outputs: METADATA }]);
  expect(JSON.parse(String(shown.StepExecutions[0]?.Outputs?.Http))).toEqual({
    RequestId: 'r-1',
    HTTPStatusCode: 204,
    RetryAttempts: 1,
  });
});

it('asserts by it, too', async () => {
  const stack = actionStack({ DeleteObject: () => ({}) });
  const shown = await stack.runAll([
    {
      action: 'aws:assertAwsResourceProperty',
      inputs: {
        Service: 's3',
        Api: 'DeleteObject',
        PropertySelector: '$.ResponseMetadata.HTTPStatusCode',
        DesiredValues: ['200'],
      },
    },
  ]);
  expect(shown.AutomationExecutionStatus).toBe('Success');
});
