import type { ScriptOptions } from '../deps.ts';
import type { Python } from './python.ts';

/** A name that no resolver knows: where scripts have no account, their calls must not reach AWS. */
export const NOWHERE = 'http://no-endpoint-for-scripts.invalid';

export interface EnvironmentInput {
  readonly python: Python;
  /** The script's own directory. */
  readonly directory: string;
  readonly region: string;
  /** Undefined: API calls go nowhere. */
  readonly endpointUrl: string | undefined;
  readonly options: ScriptOptions;
}

/** All that a script sees of its surroundings: nothing of this process's own environment but the PATH. */
export function scriptEnvironment(input: EnvironmentInput): Record<string, string> {
  const { python, directory, region, endpointUrl, options } = input;
  const variables = {
    PATH: python.path,
    HOME: directory,
    TMPDIR: directory,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    PYTHONIOENCODING: 'utf-8',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUSERBASE: python.userBase,
    // Each thread's arena would count against the memory limit, used or not.
    MALLOC_ARENA_MAX: '2',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(endpointUrl === undefined
      ? { AWS_ENDPOINT_URL: NOWHERE, AWS_MAX_ATTEMPTS: '1' }
      : { AWS_ENDPOINT_URL: endpointUrl }),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...options.environment?.(),
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
