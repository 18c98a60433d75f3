import type { CheckNames } from './finding.ts';

/** Longest key that DynamoDB takes, in bytes. */
const MAX_KEY_BYTES = 2048;
/** The row of AutomationMappingTable that is no check's. */
const DEFAULTS_ROW = '*';

/**
 * The names under which a check's row may stand, the most exact first: what is more exact than the check, its ID, its
 * name, and its name without what others have put around it. At most a dozen, which one read takes.
 */
export function namesOf({ checkName, checkId, checkAliases = [] }: CheckNames): readonly string[] {
  const names = [
    ...checkAliases,
    ...(checkId === undefined ? [] : [checkId]),
    checkName,
    // Some checks' names end in a space (`Load Balancer Optimization `), and people copy them with it.
    `${checkName} `,
    ...plainNamesOf(checkName),
  ];
  return [...new Set(names)].filter(
    (name) => name.trim() !== '' && name !== DEFAULTS_ROW && Buffer.byteLength(name) <= MAX_KEY_BYTES,
  );
}

/** What Security Hub, conformance packs and organizations put around the name of an AWS Config rule. */
const DECORATIONS: readonly RegExp[] = [
  /^(.+)-conformance-pack-[a-z0-9]{5,12}$/,
  /^securityhub-(.+)-[a-z0-9]{5,12}$/,
  /^OrgConfigRule-(.+)-[a-z0-9]{5,12}$/,
];

/** The name of an AWS Config rule without its decorations, or the name as it is. */
export function plainNameOf(checkName: string): string {
  for (const decoration of DECORATIONS) {
    const plain = checkName.match(decoration)?.[1];
    // A rule of an organization's conformance pack has both.
    if (plain !== undefined) return plainNameOf(plain);
  }
  return checkName;
}

/** A rule's plain name, and the identifier of the managed rule that is called so unless people call it otherwise. */
function plainNamesOf(checkName: string): readonly string[] {
  const plain = plainNameOf(checkName);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(plain)) return plain === checkName ? [] : [plain];
  return [plain, IDENTIFIERS[plain] ?? plain.toUpperCase().replaceAll('-', '_')];
}

/**
 * Managed rules whose name is not their identifier in small letters.
 * https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'restricted-ssh': 'INCOMING_SSH_DISABLED',
  'restricted-common-ports': 'RESTRICTED_INCOMING_TRAFFIC',
  'cloudtrail-enabled': 'CLOUD_TRAIL_ENABLED',
  'ec2-instance-managed-by-systems-manager': 'EC2_INSTANCE_MANAGED_BY_SSM',
};
