/**
 * Other names of services: boto3's (which runbooks use), the SDK package's, and signing names,
 * each with the name under which accounts know the service.
 */
const ALIASES: Readonly<Record<string, string>> = {
  resourcegroupstaggingapi: 'tagging',
  'resource-groups-tagging-api': 'tagging',
};

/** The one name of a service: lower case, `tagging` for the Resource Groups Tagging API. */
export function canonicalService(service: string): string {
  const name = service.toLowerCase();
  return (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined) ?? name;
}
