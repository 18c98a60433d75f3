import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../../local/account/account.ts';
import type { JsonObject } from '../../../local/service.ts';

/** One implementation of an account that the suite runs against. */
export interface Target {
  readonly name: string;
  /** Why it cannot run here; undefined where it can. */
  readonly skipped?: string | undefined;
  /** Tests in which it is known to differ from AWS, each with what it does instead. */
  readonly deviations?: ReadonlyMap<string, string>;
  start(): Promise<{ readonly account: Account } & AsyncDisposable>;
}

/** What a test of the contract works with. */
export interface Contract {
  /** Calls EC2 in us-east-1. */
  ec2(operation: string, input?: JsonObject): Promise<JsonObject>;
  tagging(operation: string, input?: JsonObject): Promise<JsonObject>;
  s3(operation: string, input?: JsonObject): Promise<JsonObject>;
  cloudtrail(operation: string, input?: JsonObject): Promise<JsonObject>;
  kms(operation: string, input?: JsonObject): Promise<JsonObject>;
  autoscaling(operation: string, input?: JsonObject): Promise<JsonObject>;
  iam(operation: string, input?: JsonObject): Promise<JsonObject>;
  config(operation: string, input?: JsonObject): Promise<JsonObject>;
  ssm(operation: string, input?: JsonObject): Promise<JsonObject>;
  sts(operation: string, input?: JsonObject): Promise<JsonObject>;
  /** A test of that name; where the target is known to deviate, one that must fail. */
  test(name: string, run: () => Promise<void>): void;
}

/** Part of the contract. */
export type Suite = (contract: Contract) => void;

/** Runs suites against a target. Its account is shared: each test makes resources of its own. */
export function runContract(target: Target, suites: Readonly<Record<string, Suite>>): void {
  const { deviations = new Map<string, string>() } = target;
  describe.skipIf(target.skipped !== undefined)(`${target.name}${target.skipped ?? ''}`, () => {
    let running: Awaited<ReturnType<Target['start']>> | undefined;
    const seen = new Set<string>();
    beforeAll(async () => {
      running = await target.start();
    }, 40_000);
    afterAll(async () => {
      await running?.[Symbol.asyncDispose]();
    });
    const call =
      (service: string) =>
      (operation: string, input: JsonObject = {}) => {
        if (running === undefined) throw new Error(`${target.name} was not started`);
        return running.account.call({ service, operation, input, region: 'us-east-1' });
      };
    const contract: Contract = {
      ec2: call('ec2'),
      tagging: call('tagging'),
      s3: call('s3'),
      cloudtrail: call('cloudtrail'),
      kms: call('kms'),
      autoscaling: call('autoscaling'),
      iam: call('iam'),
      config: call('config'),
      ssm: call('ssm'),
      sts: call('sts'),
      test: (name, run) => {
        seen.add(name);
        const deviation = deviations.get(name);
        if (deviation === undefined) it(name, run);
        else it.fails(`${name} (deviates: ${deviation})`, run);
      },
    };
    for (const [name, suite] of Object.entries(suites)) describe(name, () => suite(contract));
    it('has no deviation listed for a test that does not exist', () => {
      expect([...deviations.keys()].filter((name) => !seen.has(name))).toEqual([]);
    });
  });
}

let counter = 0;

/** A name that no other test uses. */
export function unique(prefix: string): string {
  counter += 1;
  return `${prefix}-${counter}-${Math.random().toString(36).slice(2, 8)}`;
}

/** The value at a path of keys and positions. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** As `at`, for what must be text there. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

/** As `at`, for what must be a list there. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  if (!Array.isArray(found)) throw new Error(`no list at ${path.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

/** Expects a call to be refused with that code. */
export async function refuses(call: Promise<unknown>, code: string): Promise<void> {
  await expect(call).rejects.toMatchObject({ code });
}

/** A new security group in the default VPC, or the one given. */
export async function newGroup({ ec2 }: Contract, input: JsonObject = {}): Promise<string> {
  const created = await ec2('CreateSecurityGroup', {
    GroupName: unique('group'),
    Description: 'for a test',
    ...input,
  });
  return textAt(created, 'GroupId');
}

/** A new VPC that is not the default one. */
export async function newVpc({ ec2 }: Contract): Promise<string> {
  return textAt(await ec2('CreateVpc', { CidrBlock: '10.20.0.0/16' }), 'Vpc', 'VpcId');
}

/** The default VPC's ID. */
export async function defaultVpc({ ec2 }: Contract): Promise<string> {
  const found = await ec2('DescribeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] });
  return textAt(found, 'Vpcs', 0, 'VpcId');
}

/** A running instance. */
export async function newInstance({ ec2 }: Contract, input: JsonObject = {}): Promise<string> {
  const launched = await ec2('RunInstances', {
    ImageId: 'ami-12c6146b',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    ...input,
  });
  return textAt(launched, 'Instances', 0, 'InstanceId');
}

/** The group, as DescribeSecurityGroups shows it. */
export async function describeGroup({ ec2 }: Contract, groupId: string): Promise<unknown> {
  return at(await ec2('DescribeSecurityGroups', { GroupIds: [groupId] }), 'SecurityGroups', 0);
}

/** The instance, as DescribeInstances shows it. */
export async function describeInstance({ ec2 }: Contract, instanceId: string): Promise<unknown> {
  const described = await ec2('DescribeInstances', { InstanceIds: [instanceId] });
  return at(described, 'Reservations', 0, 'Instances', 0);
}

/** Port 22 open to that range, as an IpPermission. */
export function ssh(cidr = '0.0.0.0/0'): JsonObject {
  return { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: cidr }] };
}
