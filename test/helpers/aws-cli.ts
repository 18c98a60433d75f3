import { existsSync, realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, join } from 'node:path';
import { type CliSession, openSession } from './aws-cli-session.ts';
import { type Ended, run } from './process.ts';

/** An AWS CLI that is installed here. */
export interface AwsCli {
  readonly path: string;
  /** Such as `2.9.19`. */
  readonly version: string;
  /** The interpreter that it is installed for; undefined where it brings its own, sealed one. */
  readonly python: string | undefined;
}

/** A CLI that talks to one endpoint. Commands are split at spaces, and further arguments are taken as they are. */
export interface AwsCommands extends AsyncDisposable {
  /** @returns its output, parsed; undefined where there was none @throws Error with what it said, where it failed */
  json(command: string, ...args: readonly string[]): Promise<unknown>;
  text(command: string, ...args: readonly string[]): Promise<string>;
  /** The message of the error that must come. @throws Error where another came, or none */
  refused(code: string, command: string, ...args: readonly string[]): Promise<string>;
}

// biome-ignore lint/style/noProcessEnv: the one switch of these tests that CI sets, and what a CLI needs to run.
const environment = process.env;

/** CI wants both CLIs. */
export const requireAwsCli = environment.REQUIRE_AWS_CLI === '1';

/** A CLI of each major version, as far as they are there: on PATH, or where packages put them. */
export async function findAwsClis(): Promise<ReadonlyMap<1 | 2, AwsCli>> {
  const directories = [...(environment.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'];
  const [clis, pythons] = await Promise.all([
    Promise.all(distinct(directories, 'aws').map(identify)),
    Promise.all(distinct(directories, 'python3').map(awscliOf)),
  ]);
  const pick = (major: 1 | 2): [1 | 2, AwsCli][] => {
    const found = clis.find((each) => each.version?.startsWith(`${major}.`));
    if (found?.version === undefined) return [];
    const { path, version } = found;
    return [[major, { path, version, python: pythons.find((each) => each.version === version)?.path }]];
  };
  return new Map([...pick(1), ...pick(2)]);
}

/** Whether it knows AWS_ENDPOINT_URL. */
export function knowsEndpointVariable({ version }: AwsCli): boolean {
  const [major, minor = 0] = version.split('.').map(Number);
  return minor >= (major === 1 ? 29 : 13);
}

/** Commands with `--endpoint-url`. */
export function commandsOf(cli: AwsCli, endpoint: string): AwsCommands {
  const session: CliSession | undefined = cli.python ? openSession(cli.python, cliEnvironment()) : undefined;
  const call = (command: string, more: readonly string[]) => {
    const args = ['--endpoint-url', endpoint, ...command.split(' '), ...more];
    return session ? session.run(args) : run(cli.path, args, { env: cliEnvironment() });
  };
  const text = async (command: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await call(command, args);
    if (code !== 0 || stderr !== '') throw new Error(`aws ${command} ended with ${code}: ${stderr}`);
    return stdout.trim();
  };
  return {
    text,
    json: async (command, ...args) => {
      const output = await text(command, ...args);
      return output === '' ? undefined : JSON.parse(output);
    },
    refused: async (code, command, ...args) => {
      const { code: exit, stderr } = await call(command, args);
      const error = /An error occurred \((\S+)\) when calling the \w+ operation: (.+)/.exec(stderr);
      if (exit === 0 || error?.[1] !== code) {
        throw new Error(`aws ${command}: not ${code}, but exit code ${exit} and ${stderr || 'no error'}`);
      }
      return error[2] ?? '';
    },
    [Symbol.asyncDispose]: async () => {
      await session?.[Symbol.asyncDispose]();
    },
  };
}

/** Runs a script as a person types it: `aws` is the CLI, and the endpoint an option only where there is no variable. */
export function runShell(cli: AwsCli, endpoint: string, script: string): Promise<Ended> {
  const variable = knowsEndpointVariable(cli);
  const words = `"$AWS_CLI" ${variable ? '' : '--endpoint-url "$ENDPOINT"'}`;
  const env = {
    ...cliEnvironment(),
    AWS_CLI: cli.path,
    ...(variable ? { AWS_ENDPOINT_URL: endpoint } : { ENDPOINT: endpoint }),
  };
  return run('/bin/sh', ['-c', `aws() { ${words} "$@"; }\n${script}`], { env });
}

/** Nothing of the person who runs the tests: no profile, no region, no pager. */
function cliEnvironment(): Record<string, string | undefined> {
  const own = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}

interface Installed {
  readonly path: string;
  readonly version: string | undefined;
}

async function identify(path: string): Promise<Installed> {
  const { stdout, stderr } = await run(path, ['--version'], { env: cliEnvironment() });
  // Version 1 said it on standard error once.
  return { path, version: /aws-cli\/([\d.]+)/.exec(stdout + stderr)?.[1] };
}

async function awscliOf(path: string): Promise<Installed> {
  const { code, stdout } = await run(path, ['-c', 'import awscli; print(awscli.__version__)']);
  return { path, version: code === 0 ? stdout.trim() : undefined };
}

/** A command in each of the folders that has it, each file once. */
function distinct(directories: readonly string[], command: string): string[] {
  const paths = directories.map((directory) => join(directory, command)).filter((path) => existsSync(path));
  const files = paths.map((path) => realpathSync(path));
  return paths.filter((_path, index) => files.indexOf(files[index] ?? '') === index);
}
