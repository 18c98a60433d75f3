import type { Aws } from '../aws/open-aws.ts';

/** The clients that only checks need, each loaded when it is first asked for. */
export const lambdaOf = (aws: Aws) =>
  aws.open('lambda', async (settings) => {
    const { LambdaClient } = await import('@aws-sdk/client-lambda');
    return new LambdaClient(settings);
  });

export const eventsOf = (aws: Aws) =>
  aws.open('events', async (settings) => {
    const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
    return new EventBridgeClient(settings);
  });

export const iamOf = (aws: Aws) =>
  aws.open('iam', async (settings) => {
    const { IAMClient } = await import('@aws-sdk/client-iam');
    return new IAMClient(settings);
  });

export const cloudWatchOf = (aws: Aws) =>
  aws.open('cloudwatch', async (settings) => {
    const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
    return new CloudWatchClient(settings);
  });

export const quotasOf = (aws: Aws) =>
  aws.open('servicequotas', async (settings) => {
    const { ServiceQuotasClient } = await import('@aws-sdk/client-service-quotas');
    return new ServiceQuotasClient(settings);
  });
