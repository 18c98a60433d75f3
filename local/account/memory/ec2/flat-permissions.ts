import type { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { integer, text } from '../input.ts';
import { type IpPermission, ipPermission } from './permissions.ts';

/** The older, flat way to name one ingress rule, which the AWS CLI's `--protocol --port --cidr` still sends. */
export const flatPermission = {
  IpProtocol: text.optional(),
  FromPort: integer.optional(),
  ToPort: integer.optional(),
  CidrIp: text.optional(),
  SourceSecurityGroupName: text.optional(),
  SourceSecurityGroupOwnerId: text.optional(),
};

type FlatPermission = { [Name in keyof typeof flatPermission]?: z.output<(typeof flatPermission)[Name]> };

/**
 * All permissions that an ingress request names: its `IpPermissions`, or the flat parameters.
 * A source group alone means all of TCP, UDP and ICMP from it.
 * @throws AwsError InvalidParameterCombination, MissingParameter
 */
export function ingressPermissions(
  input: FlatPermission & { IpPermissions?: readonly IpPermission[] | undefined },
): readonly IpPermission[] {
  const flat = Object.keys(flatPermission).some((name) => input[name as keyof FlatPermission] !== undefined);
  if (!flat) return input.IpPermissions ?? [];
  if (input.IpPermissions?.length) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter ipPermissions may not be used together with the flat parameters of a rule',
    );
  }
  if (input.SourceSecurityGroupName !== undefined) return fromSourceGroup(input);
  if (input.CidrIp === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter cidrIp');
  }
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  return [ipPermission.parse({ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] })];
}

function fromSourceGroup(input: FlatPermission): IpPermission[] {
  const refused = (['IpProtocol', 'FromPort', 'ToPort', 'CidrIp'] as const).find(
    (name) => input[name] !== undefined,
  );
  if (refused !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameter ${refused} may not be used together with SourceSecurityGroupName. Use IpPermissions`,
    );
  }
  const pair = { GroupName: input.SourceSecurityGroupName, UserId: input.SourceSecurityGroupOwnerId };
  const ports = [
    { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535 },
    { IpProtocol: 'udp', FromPort: 0, ToPort: 65_535 },
    { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 },
  ];
  return ports.map((each) => ipPermission.parse({ ...each, UserIdGroupPairs: [pair] }));
}
