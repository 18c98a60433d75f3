import { Command, InvalidArgumentError } from 'commander';
import { type Cloud, startCloud } from './cloud.ts';
import { exitWith, isUrl, strictly, urlOf } from './command.ts';
import { EXAMPLE_ACCOUNT, EXAMPLE_GROUP } from './example.ts';
import { readableLine } from './log-view.ts';

interface StartOptions {
  readonly port: number;
  readonly account: string;
  readonly dynamodb?: string;
  readonly allowWebhooks?: true;
  readonly verbose?: true;
}

const program = strictly(new Command('npm start --'))
  .description("Runs the laptop's cloud: the whole of Remediator on this machine, for AWS CLI and SDKs.")
  .option('--port <number>', 'where it listens; 0 takes a free port', portOf, 4566)
  .option(
    '--account <memory|URL>',
    'what runbooks act on: an account in memory, or any AWS-compatible endpoint',
    accountOf,
    'memory',
  )
  .option(
    '--dynamodb <URL>',
    'a DynamoDB to use in place of dynoxide (DynamoDB Local, npx dynoxide …)',
    urlOf,
  )
  .option('--allow-webhooks', 'let aws:invokeWebhook of runbooks call out')
  .option('--verbose', 'show every line that the functions log')
  .parse();

try {
  await run(program.opts<StartOptions>());
} catch (error) {
  exitWith(error);
}

async function run({ verbose, ...options }: StartOptions): Promise<void> {
  const cloud = await startCloud({
    ...options,
    seed: EXAMPLE_ACCOUNT,
    log: (line) => {
      const text = readableLine(line, verbose === true);
      if (text) process.stderr.write(`${text}\n`);
    },
  });
  closeOnSignal(cloud);
  process.stdout.write(`ready ${cloud.url}\n\n${commandsFor(cloud.url, options.account)}`);
}

/** One Ctrl-C comes twice, from the terminal and from npm: only one a second later means that closing takes too long. */
function closeOnSignal(cloud: Cloud): void {
  let firstAt: number | undefined;
  const close = (): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > 1000) process.exit(130);
      return;
    }
    firstAt = performance.now();
    cloud.close().then(() => process.exit(0), exitWith);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close);
}

function commandsFor(url: string, account: string): string {
  const lines = [
    `Try it in another terminal, in this folder:`,
    ``,
    `  export AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1`,
    `  aws dynamodb put-item --table-name AutomationMappingTable --item file://examples/mapping.json`,
    `  aws events put-events --entries file://examples/finding.json`,
    `  aws ssm describe-ops-items --query 'OpsItemSummaries[].[Status,Title]' --output text`,
    ...(account === 'memory' ? [`  aws ec2 describe-security-groups --group-ids ${EXAMPLE_GROUP}`] : []),
    ``,
    `An AWS CLI before 2.13 or 1.29 wants --endpoint-url ${url} instead of the variable. Ctrl-C ends everything.`,
    ``,
  ];
  return lines.join('\n');
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}

function accountOf(text: string): string {
  if (text === 'memory' || isUrl(text)) return text;
  throw new InvalidArgumentError('It must be memory, or a URL such as http://127.0.0.1:5000.');
}
