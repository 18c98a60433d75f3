import type { TagStore } from '../../tags/tag-store.ts';
import type { LauncherDeps } from '../launcher.ts';

/** What the Automation operations work on. */
export interface OperationDeps extends LauncherDeps {
  readonly tags: TagStore;
}
