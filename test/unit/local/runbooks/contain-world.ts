import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { JsonObject } from '../../../../local/service.ts';
import { CONTEXT, type Shown } from '../ssm/automation/support.ts';
import { at, type Bench, textAt } from './stand-in.ts';

export const NAME = 'AWSSupport-ContainEC2Instance';
export const ACCESS = `arn:aws:iam::${CONTEXT.accountId}:role/responder`;

/** An instance with two network interfaces, and all that its containment may touch. */
export interface ContainWorld {
  readonly instanceId: string;
  readonly bucket: string;
  readonly key: string;
  /** The security groups of each interface, at first. */
  readonly groups: readonly (readonly string[])[];
  contain(more?: JsonObject): Promise<Shown>;
  restore(more?: JsonObject): Promise<Shown>;
  /** The security groups of each interface. */
  groupsNow(): Promise<string[][]>;
  tags(): Promise<Record<string, string>>;
  /** Instance, interfaces, security groups with their rules, and Auto Scaling groups. */
  state(): Promise<unknown>;
  backup(key?: string): Promise<JsonObject>;
}

let count = 0;

export async function newWorld(bench: Bench, options: { withBucket?: boolean } = {}): Promise<ContainWorld> {
  count += 1;
  const [bucket, key] = [`contain-backup-${count}`, `backups/${count}.json`];
  const ec2 = (operation: string, input: JsonObject = {}) => bench.call('ec2', operation, input);
  const subnet = at(await ec2('DescribeSubnets'), 'Subnets', 0);
  const newGroup = async (name: string) => {
    const VpcId = textAt(subnet, 'VpcId');
    const GroupName = `${name}-${count}`;
    return textAt(await ec2('CreateSecurityGroup', { GroupName, Description: name, VpcId }), 'GroupId');
  };
  const [web, ops] = [await newGroup('web'), await newGroup('ops')];
  const groups = [[web], [ops, web].sort()];
  const SubnetId = textAt(subnet, 'SubnetId');
  const launched = await ec2('RunInstances', {
    ImageId: 'ami-12c6146b',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    NetworkInterfaces: groups.map((Groups, DeviceIndex) => ({ DeviceIndex, SubnetId, Groups })),
  });
  const instanceId = textAt(launched, 'Instances', 0, 'InstanceId');
  if (options.withBucket !== false) await bench.call('s3', 'CreateBucket', { Bucket: bucket });
  const instance = async () =>
    at(await ec2('DescribeInstances', { InstanceIds: [instanceId] }), 'Reservations', 0, 'Instances', 0);
  const run = (parameters: JsonObject) =>
    bench.run(
      NAME,
      withoutUndefined({
        InstanceId: [instanceId],
        DryRun: ['false'],
        BackupS3BucketName: [bucket],
        BackupS3KeyName: [key],
        ...parameters,
      }),
    );
  const groupsNow = async () => interfacesOf(await instance()).map(({ groups: now }) => now);
  return {
    instanceId,
    bucket,
    key,
    groups,
    contain: (more = {}) => run({ Action: ['Contain'], BackupS3BucketAccess: [ACCESS], ...more }),
    restore: (more = {}) => run({ Action: ['Restore'], ...more }),
    groupsNow,
    tags: async () => tagsOf(await instance()),
    state: async () => ({
      interfaces: interfacesOf(await instance()),
      tags: tagsOf(await instance()),
      state: at(await instance(), 'State', 'Name'),
      groups: at(await ec2('DescribeSecurityGroups'), 'SecurityGroups'),
      autoScaling: (await autoScalingGroups(bench)).map((group) => ({
        min: at(group, 'MinSize'),
        desired: at(group, 'DesiredCapacity'),
        tags: at(group, 'Tags'),
        instances: at(group, 'Instances'),
      })),
    }),
    backup: async (Key = key) => {
      const { Body: body } = await bench.call('s3', 'GetObject', { Bucket: bucket, Key });
      return JSON.parse(await readBody(body)) as JsonObject;
    },
  };
}

/** An Auto Scaling group of these sizes that holds its own instances; gives its name and one instance. */
export async function newAutoScalingGroup(bench: Bench, sizes: { min: number; desired: number }) {
  count += 1;
  const name = `fleet-${count}`;
  const call = (operation: string, input: JsonObject) => bench.call('autoscaling', operation, input);
  await call('CreateLaunchConfiguration', {
    LaunchConfigurationName: name,
    ImageId: 'ami-12c6146b',
    InstanceType: 't3.micro',
  });
  await call('CreateAutoScalingGroup', {
    AutoScalingGroupName: name,
    LaunchConfigurationName: name,
    MinSize: sizes.min,
    MaxSize: 5,
    DesiredCapacity: sizes.desired,
    AvailabilityZones: ['us-east-1a'],
  });
  const group = async () =>
    at(await call('DescribeAutoScalingGroups', { AutoScalingGroupNames: [name] }), 'AutoScalingGroups', 0);
  return { name, group, instanceId: textAt(await group(), 'Instances', 0, 'InstanceId') };
}

/** A parameter that a test sets to undefined is not given. */
function withoutUndefined(parameters: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}

async function autoScalingGroups(bench: Bench): Promise<readonly unknown[]> {
  const found = at(await bench.call('autoscaling', 'DescribeAutoScalingGroups'), 'AutoScalingGroups');
  return Array.isArray(found) ? found : [];
}

function interfacesOf(instance: unknown): { id: string; groups: string[] }[] {
  const interfaces = at(instance, 'NetworkInterfaces');
  return (Array.isArray(interfaces) ? interfaces : []).map((each) => ({
    id: textAt(each, 'NetworkInterfaceId'),
    groups: (at(each, 'Groups') as unknown[]).map((group) => textAt(group, 'GroupId')).sort(),
  }));
}

function tagsOf(resource: unknown): Record<string, string> {
  const tags = at(resource, 'Tags');
  return Object.fromEntries(
    (Array.isArray(tags) ? tags : []).map((tag) => [textAt(tag, 'Key'), textAt(tag, 'Value')]),
  );
}

async function readBody(body: unknown): Promise<string> {
  if (body instanceof Readable) return (await buffer(body)).toString();
  return body instanceof Uint8Array ? Buffer.from(body).toString() : String(body);
}
