/**
 * Every action that AWS's Automation has. A document may use any of them; which ones run here is
 * the action registry's matter.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export const AWS_ACTIONS: ReadonlySet<string> = new Set(
  [
    'approve',
    'assertAwsResourceProperty',
    'branch',
    'changeInstanceState',
    'copyImage',
    'createImage',
    'createStack',
    'createTags',
    'deleteImage',
    'deleteStack',
    'executeAutomation',
    'executeAwsApi',
    'executeScript',
    'executeStateMachine',
    'invokeLambdaFunction',
    'invokeWebhook',
    'loop',
    'pause',
    'runCommand',
    'runInstances',
    'sleep',
    'updateVariable',
    'waitForAwsResourceProperty',
  ].map((name) => `aws:${name}`),
);
