import { NO_GUARD } from '../../shared/domain/check-guard.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { mappingAmong } from '../../shared/domain/mapping-rows.ts';
import type { ResourceTags } from '../../shared/domain/tag-rules.ts';
import type { Clock } from '../../shared/ports.ts';
import { assumedSurroundings, NOTHING_TO_READ } from './assumed.ts';
import type { World } from './explain-event.ts';

interface Offline {
  /** Mapping rows by the names of their checks. */
  readonly rows: ReadonlyMap<string, unknown>;
  readonly tags: ResourceTags | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** A world of files: every finding is new, and nothing has happened yet. */
export function offlineWorld({ rows, tags, clock }: Offline): World {
  return {
    checks: { get: async () => undefined },
    executions: { list: async () => [] },
    readingFor: async (finding) => {
      const mapping = mappingAmong(rows, finding);
      const isUsable = mapping !== undefined && !(mapping instanceof RemediatorError);
      const assumed = isUsable
        ? [
            'Nothing has been done about it before, and its check has used up none of its limits.',
            'Nobody has excepted it, and Remediator may act in its account.',
          ]
        : [];
      const assume = (sentence: string) => void assumed.push(sentence);
      const deps = {
        mappings: { find: async () => mapping },
        exceptions: { list: async () => [] },
        guards: { read: async () => ({ guard: NO_GUARD }) },
        accounts: { reaches: async () => true },
        clock,
        ...(isUsable ? assumedSurroundings({ mapping, tags, assume }) : NOTHING_TO_READ),
      };
      return { deps, assumed };
    },
  };
}
