import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mapping } from '../../shared/domain/mapping.ts';
import type { Runbook } from '../../shared/domain/runbook.ts';
import type { ResourceTags } from '../../shared/domain/tag-rules.ts';
import type { Calendars, Runbooks, Tags } from '../../shared/ports.ts';

/** What is read of a resource, its runbook and its calendars where something may be started. */
export interface Surroundings {
  readonly tags: Tags;
  readonly runbooks: Pick<Runbooks, 'describe'>;
  readonly calendars: Calendars;
}

interface Given {
  readonly mapping: Mapping;
  /** undefined: assume what the mapping asks for. */
  readonly tags: ResourceTags | undefined;
  /** Hears what is assumed. */
  readonly assume: (sentence: string) => void;
}

const ROOT = join(import.meta.dirname, '..', '..');
/** Ours, and stand-ins of AWS's with AWS's parameters. */
const FOLDERS = [join(ROOT, 'runbooks'), join(ROOT, 'local', 'runbooks')];

/** What nobody can ask for offline: taken as it has to be for the runbook to start, and said so. */
export function assumedSurroundings({ mapping, tags, assume }: Given): Surroundings {
  return {
    tags: {
      of: async () => {
        if (tags !== undefined) return tags;
        const { requiredTags, exemptTags } = mapping;
        if (requiredTags.length + exemptTags.length > 0)
          assume(
            'The resource carries the tags that the mapping requires, and none that exempt it (--tags says which it has).',
          );
        return tagsWanted(mapping);
      },
    },
    calendars: {
      stateOf: async () => {
        assume('The change calendars are open.');
        return { open: true };
      },
    },
    runbooks: {
      describe: async (name) => {
        const known = await runbookOfCheckout(name);
        if (known) return known;
        assume(`There is a runbook ${name}, and it takes these parameters.`);
        return { name, parameters: namesIn(mapping.automationParameters) };
      },
    },
  };
}

/** The tags that a mapping requires. */
export function tagsWanted({ requiredTags }: Pick<Mapping, 'requiredTags'>): ResourceTags {
  return Object.fromEntries(requiredTags.map(pairOf));
}

function pairOf(tag: string): [string, string] {
  const equals = tag.indexOf('=');
  return equals < 0 ? [tag, ''] : [tag.slice(0, equals), tag.slice(equals + 1)];
}

/** The part of a document that is asked for: steps and scripts are long, and parsing them all takes a second. */
const PARAMETERS = /^parameters:[ \t]*\n(?:(?:[ \t#].*)?\n)*/m;

/** What a document of this checkout takes. */
async function runbookOfCheckout(name: string): Promise<Runbook | undefined> {
  if (!/^[\w.-]+$/.test(name)) return undefined;
  for (const folder of FOLDERS) {
    const text = await readIfThere(join(folder, `${name}.yaml`));
    if (text === undefined) continue;
    const { parse } = await import('yaml');
    const { parameters = {} } = parse(text.match(PARAMETERS)?.[0] ?? text) as {
      parameters?: Record<string, object>;
    };
    return {
      name,
      parameters: Object.entries(parameters).map(([key, value]) => ({
        name: key,
        required: !('default' in value),
      })),
    };
  }
  return undefined;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A template that is no JSON names none; filling it in says what is wrong with it. */
function namesIn(template: string): Runbook['parameters'] {
  try {
    const parsed: unknown = JSON.parse(template);
    return Object.keys(parsed ?? {}).map((name) => ({ name, required: false }));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Without a mapping that can be used nothing more is read. */
export const NOTHING_TO_READ: Surroundings = {
  tags: { of: unread },
  runbooks: { describe: unread },
  calendars: { stateOf: unread },
};

async function unread(): Promise<never> {
  throw new TypeError('Nothing more is read without a mapping');
}
