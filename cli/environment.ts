// biome-ignore lint/style/noProcessEnv: the one place where the command line reads its environment
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** What the SDK takes from a profile (its `endpoint_url`) it looks for under this variable only, whatever a client is told. */
export function preferProfile(name: string): void {
  // biome-ignore lint/style/noProcessEnv: as above
  process.env.AWS_PROFILE = name;
}
