import type { JsonObject } from '../../../service.ts';
import type { RuleSpec } from './state.ts';

interface PermissionView extends JsonObject {
  readonly IpRanges: JsonObject[];
  readonly Ipv6Ranges: JsonObject[];
  readonly PrefixListIds: JsonObject[];
  readonly UserIdGroupPairs: JsonObject[];
}

/** Rules as `IpPermissions`: those of the same protocol and ports are one permission. */
export function viewPermissions(rules: readonly RuleSpec[]): PermissionView[] {
  const merged = new Map<string, PermissionView>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.protocol, rule.fromPort, rule.toPort]);
    const permission = merged.get(key) ?? emptyPermission(rule);
    merged.set(key, permission);
    const description = rule.description === undefined ? {} : { Description: rule.description };
    switch (rule.peer.kind) {
      case 'cidrIpv4':
        permission.IpRanges.push({ CidrIp: rule.peer.value, ...description });
        break;
      case 'cidrIpv6':
        permission.Ipv6Ranges.push({ CidrIpv6: rule.peer.value, ...description });
        break;
      case 'prefixList':
        permission.PrefixListIds.push({ PrefixListId: rule.peer.value, ...description });
        break;
      case 'group':
        permission.UserIdGroupPairs.push({
          GroupId: rule.peer.value,
          UserId: rule.peer.userId,
          ...description,
        });
        break;
    }
  }
  return [...merged.values()];
}

function emptyPermission(rule: RuleSpec): PermissionView {
  return {
    IpProtocol: rule.protocol,
    ...(rule.fromPort === undefined ? {} : { FromPort: rule.fromPort }),
    ...(rule.toPort === undefined ? {} : { ToPort: rule.toPort }),
    IpRanges: [],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
  };
}
