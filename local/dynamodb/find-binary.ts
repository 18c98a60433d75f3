import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Platform {
  readonly platform: string;
  readonly arch: string;
  /** Where packages are looked for: a `file:` URL of a module. */
  readonly from: string;
}

/** Path of dynoxide's executable for this platform, where its optional package is installed. */
export function findBinary(
  { platform, arch, from }: Platform = {
    platform: process.platform,
    arch: process.arch,
    from: import.meta.url,
  },
): string | undefined {
  const executable = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    const manifest = createRequire(from).resolve(`@dynoxide/${platform}-${arch}/package.json`);
    const binary = join(dirname(manifest), executable);
    return existsSync(binary) ? binary : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
