import { once } from 'node:events';
import type { Account } from '../../local/account/account.ts';
import { systemClock } from '../../local/clock.ts';
import { randomIds } from '../../local/ids.ts';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import type { ScriptOptions } from '../../local/ssm/automation/deps.ts';
import { CliError } from '../cli-error.ts';

/** What a runbook acts on, and where. */
export interface Place {
  readonly account: Account;
  readonly accountId: string;
  readonly region: string;
  /** For people: `the account in memory`. */
  readonly label: string;
  /** Where scripts find it; undefined: at the endpoint of this process. */
  readonly endpointUrl?: string;
  readonly scripts?: ScriptOptions;
  /** Whether it is this process that answers for Systems Manager. */
  readonly isOurs: boolean;
}

const PROBE_MS = 5_000;

/**
 * Opens `memory`, an endpoint's URL, or `aws`.
 * @param warn hears which account of AWS it is, before anything is done
 * @throws CliError NO_ENDPOINT, NO_CREDENTIALS, NO_REGION, OTHER_ENDPOINT
 */
export async function openPlace(
  choice: string,
  region: string | undefined,
  warn: (text: string) => void,
): Promise<Place> {
  if (choice === 'memory') return openMemory(region ?? REGION);
  if (choice === 'aws') return openAws(region, warn);
  await probe(choice);
  const { createRemoteAccount } = await import('../../local/account/remote.ts');
  return {
    account: createRemoteAccount({ endpoint: choice }),
    accountId: ACCOUNT_ID,
    region: region ?? REGION,
    label: choice,
    endpointUrl: choice,
    isOurs: false,
  };
}

async function openMemory(region: string): Promise<Place> {
  const { createMemoryAccount } = await import('../../local/account/memory/memory-account.ts');
  const { EXAMPLE_ACCOUNT } = await import('../../local/example.ts');
  const account = createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: ACCOUNT_ID, region });
  account.seed(EXAMPLE_ACCOUNT);
  return { account, accountId: ACCOUNT_ID, region, label: 'the account in memory', isOurs: true };
}

async function openAws(given: string | undefined, warn: (text: string) => void): Promise<Place> {
  refuseOtherEndpoints();
  const { SSMClient } = await import('@aws-sdk/client-ssm');
  const { createRemoteAccount } = await import('../../local/account/remote.ts');
  const client = new SSMClient(given === undefined ? {} : { region: given });
  const region = await client.config.region().catch((cause: unknown) => {
    throw new CliError('NO_REGION', '--account aws: no region is configured; give one with --region', {
      cause,
    });
  });
  const credentials = await client.config.credentials().catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(
      'NO_CREDENTIALS',
      `--account aws: no credentials (${reason}); log in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID`,
      { cause },
    );
  });
  client.destroy();
  const account = createRemoteAccount({ endpoint: undefined });
  const caller = await whoAmI(account, region);
  warn(`${caller.text}, region ${region}`);
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials;
  return {
    account,
    accountId: caller.accountId ?? credentials.accountId ?? ACCOUNT_ID,
    region,
    label: `AWS, ${caller.text}`,
    scripts: {
      environment: () => ({
        AWS_ENDPOINT_URL: '',
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      }),
    },
    isOurs: false,
  };
}

/** What says that it acts on AWS must not act on something else, nor the other way round. */
function refuseOtherEndpoints(): void {
  // biome-ignore lint/style/noProcessEnv: the SDK would take it from there.
  const name = Object.keys(process.env).find((key) => key.startsWith('AWS_ENDPOINT_URL'));
  if (name === undefined) return;
  throw new CliError(
    'OTHER_ENDPOINT',
    `--account aws: the variable ${name} leads elsewhere; unset it, or give the URL as --account`,
  );
}

async function whoAmI(account: Account, region: string): Promise<{ accountId?: string; text: string }> {
  try {
    const call = { service: 'sts', operation: 'GetCallerIdentity', input: {}, region };
    const { Account: accountId, Arn: arn } = await account.call(call);
    return { accountId: String(accountId), text: `account ${String(accountId)} as ${String(arn)}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { text: `an account that could not be asked who it is (${reason.replaceAll(/\s+/g, ' ')})` };
  }
}

/** Whether anything there speaks HTTP at all, whatever it answers. */
async function probe(url: string): Promise<void> {
  const { request } = await (url.startsWith('https:') ? import('node:https') : import('node:http'));
  const head = request(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
  try {
    const answered = once(head, 'response');
    head.end();
    await answered;
  } catch (cause) {
    const where = url.replace(/\/\/[^/?#]*@/, '//');
    throw new CliError(
      'NO_ENDPOINT',
      `--account ${where}: nothing answers there (${reasonOf(cause)}). Start it, or mend the URL.`,
      { cause },
    );
  } finally {
    head.destroy();
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'AbortError') return `no answer within ${PROBE_MS / 1000} s`;
  if ('code' in cause && cause.code === 'EPROTO') return 'it speaks no TLS; http:// may be meant';
  return (cause.message || cause.name).replaceAll(/\s+/g, ' ');
}
