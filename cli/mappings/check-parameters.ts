import { placeholdersIn } from '../../shared/domain/template.ts';
import type { ParameterDescription, RunbookDescription } from './catalogue.ts';
import type { FileFault } from './fault.ts';
import { didYouMean, nearest } from './nearest.ts';

/** Holds a template's parameters against those that the runbook takes. */
export function checkAgainstRunbook(
  attribute: string,
  parameters: ReadonlyMap<string, readonly string[]>,
  runbook: RunbookDescription,
): FileFault[] {
  const known = [...runbook.parameters.keys()];
  const unknown = [...parameters.keys()]
    .filter((name) => !runbook.parameters.has(name))
    .map(
      (name): FileFault => ({
        path: [attribute, name],
        on: 'key',
        code: 'UnknownParameter',
        message: `${runbook.name} has no parameter ${name}${didYouMean(name, known)}; it takes ${known.join(', ') || 'none'}`,
      }),
    );
  // A parameter that was meant by a wrong name is not missing besides.
  const meant = new Set([...parameters.keys()].map((name) => nearest(name, known)));
  const missing = [...runbook.parameters]
    .filter(([name, { required }]) => required && !parameters.has(name) && !meant.has(name))
    .map(
      ([name]): FileFault => ({
        path: [attribute],
        code: 'MissingParameter',
        message: `${runbook.name} demands the parameter ${name}`,
      }),
    );
  const wrong = [...parameters].flatMap(([name, values]) => {
    const description = runbook.parameters.get(name);
    const fault = description && valuesFault(description, values);
    return fault === undefined
      ? []
      : [{ path: [attribute, name], code: 'WrongParameterValue', message: `${name} ${fault}` }];
  });
  return [...unknown, ...missing, ...wrong];
}

const LISTS = /^(StringList|MapList|List<.*>)$/;
const TRUE_OR_FALSE = /^(true|false)$/i;
const WHOLE_NUMBER = /^-?\d+$/;

/** What the runbook would refuse of values; what is filled in by a finding only the finding shows. */
function valuesFault(
  { type, allowedValues, allowedPattern }: ParameterDescription,
  values: readonly string[],
): string | undefined {
  if (type !== undefined && !LISTS.test(type) && values.length > 1)
    return `has ${values.length} values, and takes one (${type})`;
  for (const value of values) {
    if (placeholdersIn(value).length > 0) continue;
    const text = value.replaceAll('$$', '$');
    const quoted = JSON.stringify(text);
    if (type === 'Boolean' && !TRUE_OR_FALSE.test(text)) return `is ${quoted}, and takes true or false`;
    if (type === 'Integer' && !WHOLE_NUMBER.test(text)) return `is ${quoted}, and takes a whole number`;
    if (allowedValues && type !== 'Boolean' && !allowedValues.includes(text))
      return `is ${quoted}, and takes ${allowedValues.join(' or ')}${didYouMean(text, allowedValues)}`;
    if (allowedPattern !== undefined && !matches(allowedPattern, text))
      return `is ${quoted}, which does not match ${allowedPattern}`;
  }
  return undefined;
}

/** AWS's patterns are Java's: one that is none here tells nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}
