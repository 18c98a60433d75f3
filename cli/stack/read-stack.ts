import { join } from 'node:path';
import { readServiceDefinition } from '../../local/service-definition/read-service-definition.ts';
import type { ServiceDefinition } from '../../local/service-definition/service-definition.ts';
import type { Aws } from '../aws/open-aws.ts';
import { CliError } from '../cli-error.ts';
import type { StackOptions } from './options.ts';

/** What serverless.yml of this checkout deploys into the account that the credentials belong to. */
export async function readStack(
  aws: Aws,
  { service, stage }: Pick<StackOptions, 'service' | 'stage'>,
): Promise<ServiceDefinition> {
  const sts = await aws.open('sts', async (settings) => {
    const { STSClient } = await import('@aws-sdk/client-sts');
    return new STSClient(settings);
  });
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  if (Account === undefined)
    throw new CliError('NO_ACCOUNT', 'GetCallerIdentity names no account; use other credentials');
  const region = await sts.config.region();
  const file = join(import.meta.dirname, '..', '..', 'serverless.yml');
  return readServiceDefinition({ file, accountId: Account, region, stage, service });
}
