import { expect, it } from 'vitest';
import { automationStack } from '../support.ts';

it.each([
  ['createImage', 'InstanceId: i-1, ImageName: a', 'CreateImage', 'ImageId'],
  ['copyImage', 'SourceRegion: eu-west-1, SourceImageId: ami-0, ImageName: a', 'CopyImage', 'ImageId'],
  ['runCommand', 'DocumentName: AWS-RunShellScript, InstanceIds: [i-1]', 'SendCommand', 'CommandId'],
  [
    'executeStateMachine',
    'stateMachineArn: arn:aws:states:us-east-1:1:stateMachine:a',
    'StartExecution',
    'executionArn',
  ],
])(
  'aws:%s fails where the response names nothing that it could wait for',
  async (action, inputs, operation, id) => {
    const { run, account } = automationStack({ [operation]: () => ({}) });
    const shown = await run(`schemaVersion: '0.3'
mainSteps: [{ name: one, action: 'aws:${action}', inputs: { ${inputs} } }]`);
    expect(shown.FailureMessage).toContain(`The response of the ${operation} operation has no ${id}.`);
    expect(account.calls.map((call) => call.operation)).toEqual([operation]);
  },
);
