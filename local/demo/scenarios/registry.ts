import type { Narrator } from '../console.ts';
import type { World } from '../world.ts';

type Tell = (world: World, narrator: Narrator) => Promise<void>;

/** What `npm run demo -- --scenario NAME` plays: the use cases U1 to U4, and how people keep the upper hand; one file each. */
export const SCENARIOS: Readonly<Record<string, () => Promise<Tell>>> = {
  'trusted-advisor': async () => (await import('./trusted-advisor.ts')).tellTrustedAdvisor,
  contain: async () => (await import('./contain.ts')).tellContain,
  cloudtrail: async () => (await import('./cloudtrail.ts')).tellCloudTrail,
  approval: async () => (await import('./approval.ts')).tellApproval,
  isolate: async () => (await import('./isolate.ts')).tellIsolate,
};
