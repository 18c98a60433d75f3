import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { integer, text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { canonicalIpv4, canonicalIpv6 } from './cidr.ts';
import { assertExists, SECURITY_GROUP } from './resource-ids.ts';
import { assertDescription, findGroupByName } from './security-groups.ts';
import type { RulePeer, RuleSpec, SecurityGroupRecord } from './state.ts';

const described = { Description: text.optional() };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export const ipPermission = z.strictObject({
  IpProtocol: text.optional(),
  FromPort: integer.optional(),
  ToPort: integer.optional(),
  IpRanges: z.array(z.strictObject({ CidrIp: text, ...described })).default([]),
  Ipv6Ranges: z.array(z.strictObject({ CidrIpv6: text, ...described })).default([]),
  PrefixListIds: z.array(z.strictObject({ PrefixListId: text, ...described })).default([]),
  UserIdGroupPairs: z
    .array(
      z.strictObject({
        GroupId: text.optional(),
        GroupName: text.optional(),
        UserId: text.optional(),
        VpcId: text.optional(),
        VpcPeeringConnectionId: text.optional(),
        PeeringStatus: text.optional(),
        ...described,
      }),
    )
    .default([]),
});

export type IpPermission = z.output<typeof ipPermission>;

/**
 * The rules that permissions stand for: one for each peer, in canonical form.
 * @throws AwsError InvalidParameterValue, MissingParameter, InvalidGroup.NotFound
 */
export function toRuleSpecs(
  permissions: readonly IpPermission[],
  group: SecurityGroupRecord,
  context: MemoryContext,
): RuleSpec[] {
  return permissions.flatMap((permission) => {
    const ports = portsOf(permission);
    const peers = peersOf(permission, group, context);
    if (peers.length === 0) {
      throw new AwsError(
        'MissingParameter',
        'Each permission must name a CIDR block, a prefix list or a security group.',
      );
    }
    for (const { description } of peers) {
      if (description !== undefined) assertDescription('rule', description);
    }
    return peers.map((peer) => ({ ...ports, ...peer }));
  });
}

/** @throws AwsError InvalidParameterValue for a block that is malformed */
export function cidrPeer(kind: 'cidrIpv4' | 'cidrIpv6', block: string): RulePeer {
  const value = kind === 'cidrIpv4' ? canonicalIpv4(block) : canonicalIpv6(block);
  if (value === undefined) throw new AwsError('InvalidParameterValue', `CIDR block ${block} is malformed`);
  return { kind, value };
}

const PROTOCOLS = new Map([
  ['all', '-1'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
]);

/**
 * Protocol and ports in the form in which EC2 keeps them: names for the four protocols that have ports or types.
 * @throws AwsError InvalidParameterValue, MissingParameter
 */
export function portsOf(
  from: Pick<IpPermission, 'IpProtocol' | 'FromPort' | 'ToPort'>,
): Pick<RuleSpec, 'protocol' | 'fromPort' | 'toPort'> {
  if (from.IpProtocol === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipProtocol');
  }
  const lower = from.IpProtocol.toLowerCase();
  const protocol = PROTOCOLS.get(lower) ?? lower;
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return { protocol, ...transportPorts(from) };
    case 'icmp':
    case 'icmpv6':
      return { protocol, ...icmpTypes(from) };
    default:
      if (protocol !== '-1' && !(/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255)) {
        throw invalid(`Invalid value '${from.IpProtocol}' for IP protocol. Unknown protocol.`);
      }
      return { protocol, fromPort: undefined, toPort: undefined };
  }
}

function transportPorts({ FromPort, ToPort }: Pick<IpPermission, 'FromPort' | 'ToPort'>) {
  if (FromPort === undefined || ToPort === undefined) {
    throw invalid('Invalid value for portRange. Must specify both from and to ports with TCP/UDP.');
  }
  for (const port of [FromPort, ToPort]) {
    if (port < 0 || port > 65_535) throw invalid(`TCP/UDP port (${port}) out of range`);
  }
  if (FromPort > ToPort) throw invalid(`Invalid TCP/UDP port range (${FromPort}:${ToPort})`);
  return { fromPort: FromPort, toPort: ToPort };
}

function icmpTypes({ FromPort: type = -1, ToPort: code = -1 }: Pick<IpPermission, 'FromPort' | 'ToPort'>) {
  if (type < -1 || type > 255) throw invalid(`ICMP type (${type}) out of range`);
  if (code < -1 || code > 255) throw invalid(`ICMP code (${code}) out of range`);
  return { fromPort: type, toPort: code };
}

function peersOf(
  permission: IpPermission,
  group: SecurityGroupRecord,
  context: MemoryContext,
): Pick<RuleSpec, 'peer' | 'description'>[] {
  return [
    ...permission.IpRanges.map((range) => ({
      peer: cidrPeer('cidrIpv4', range.CidrIp),
      description: range.Description,
    })),
    ...permission.Ipv6Ranges.map((range) => ({
      peer: cidrPeer('cidrIpv6', range.CidrIpv6),
      description: range.Description,
    })),
    ...permission.PrefixListIds.map((list) => ({
      peer: { kind: 'prefixList' as const, value: list.PrefixListId },
      description: list.Description,
    })),
    ...permission.UserIdGroupPairs.map((pair) => ({
      peer: groupPeer(pair, group, context),
      description: pair.Description,
    })),
  ];
}

function groupPeer(
  pair: IpPermission['UserIdGroupPairs'][number],
  group: SecurityGroupRecord,
  context: MemoryContext,
): RulePeer {
  const userId = pair.UserId ?? context.accountId;
  if (pair.GroupId === undefined) {
    if (pair.GroupName === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter groupId or groupName');
    }
    const named = findGroupByName(pair.GroupName, group.vpcId, context);
    return { kind: 'group', value: named.groupId, userId };
  }
  // A group of another account cannot be looked up here: it is taken at its word.
  if (userId === context.accountId) assertExists(SECURITY_GROUP, pair.GroupId, context.state.ec2);
  return { kind: 'group', value: pair.GroupId, userId };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
