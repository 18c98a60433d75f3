import { RE2JS } from 're2js';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { patternFault } from '../../shared/domain/match.ts';
import {
  FIXED_NAMES,
  type Placeholder,
  parseTemplate,
  placeholdersIn,
  ROLE_PARAMETER,
} from '../../shared/domain/template.ts';
import type { FileFault } from './fault.ts';
import { didYouMean } from './nearest.ts';
import { parametersNamedIn } from './pack-parameters.ts';

/** What the pattern of a row gives its templates: how many groups, and their names. */
export interface PatternGroups {
  readonly count: number;
  readonly names: readonly string[];
}

/** @returns undefined: the pattern is none */
export function groupsOf(regexPattern: unknown): PatternGroups | undefined {
  if (typeof regexPattern !== 'string' || patternFault(regexPattern) !== undefined) return undefined;
  const pattern = RE2JS.compile(regexPattern);
  return { count: pattern.groupCount(), names: Object.keys(pattern.namedGroups()) };
}

export interface TemplateToCheck {
  readonly attribute: 'automationParameters' | 'rollbackParameters';
  readonly template: string;
  /** Undefined: the pattern is broken, so nothing is said of groups. */
  readonly groups: PatternGroups | undefined;
}

/** A template's parameters, or what is wrong with it. */
export function checkTemplate({ attribute, template, groups }: TemplateToCheck): {
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly FileFault[];
} {
  let entries: [string, string[]][];
  try {
    entries = parseTemplate(template);
  } catch (error) {
    if (!(error instanceof RemediatorError)) throw error;
    const message = error.message.replace(/^automationParameters/, attribute);
    return { parameters: new Map(), faults: [{ path: [attribute], code: 'WrongTemplate', message }] };
  }
  const faults = entries.flatMap(([name, list]) =>
    list.flatMap((text, index) =>
      textFaults(name, text, { groups, ofRollback: attribute === 'rollbackParameters' }).map(
        (message): FileFault => ({
          path: [attribute, name, index],
          code: 'WrongPlaceholder',
          message: `${name}: ${message}`,
        }),
      ),
    ),
  );
  return { parameters: new Map(entries), faults };
}

interface Around {
  readonly groups: PatternGroups | undefined;
  readonly ofRollback: boolean;
}

const MAX_LENGTH = 512;

function textFaults(parameter: string, text: string, around: Around): string[] {
  if (text === '') return ['an empty value, which Automation refuses; leave the parameter out'];
  // A pack's parameter that is not declared is told of with the pack.
  if (parametersNamedIn(text).length > 0) return [];
  const placeholders = placeholdersIn(text);
  if (placeholders.length === 0)
    return text.length > MAX_LENGTH
      ? [`a value of ${text.length} characters; ${MAX_LENGTH} are the most`]
      : [];
  if (ROLE_PARAMETER.test(parameter))
    return ['a role is written in the row, and never taken from an event: no placeholder is filled in here'];
  return placeholders.flatMap((placeholder) => placeholderFault(placeholder, text, around) ?? []);
}

function placeholderFault(
  { whole, name, detailKey }: Placeholder,
  text: string,
  { groups, ofRollback }: Around,
): string | undefined {
  if (detailKey !== undefined) return detailKey === '' ? `${whole} names no key of the event` : undefined;
  if (name === undefined)
    return `a dollar in ${JSON.stringify(text)} that begins no placeholder; $$ is a dollar`;
  if (name.startsWith('outputs.'))
    return ofRollback ? undefined : `${whole} is known to rollbackParameters only: nothing has run before`;
  if ((FIXED_NAMES as readonly string[]).includes(name)) return undefined;
  if (groups === undefined) {
    const near = didYouMean(name, FIXED_NAMES);
    return near === '' ? undefined : `there is no ${whole}${near}`;
  }
  if (/^\d+$/.test(name))
    return Number(name) >= 1 && Number(name) <= groups.count
      ? undefined
      : `there is no group ${whole}: regexPattern has ${groups.count}`;
  if (groups.names.includes(name)) return undefined;
  const known = [...FIXED_NAMES, ...groups.names];
  return `there is no ${whole}${didYouMean(name, known)}; a template knows ${known.map((each) => `$${each}`).join(', ')}, $1 …, $detail['Key']${ofRollback ? ', $outputs.Step.Name' : ''}`;
}
