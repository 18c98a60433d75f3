/** One line of an iCalendar text: `NAME;PARAMETER=…:value`. */
export interface ContentLine {
  /** In capitals. */
  readonly name: string;
  /** By name in capitals. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/**
 * The lines of an iCalendar text. https://www.rfc-editor.org/rfc/rfc5545#section-3.1
 * @returns undefined for a line that is none
 */
export function contentLines(text: string): readonly (ContentLine | undefined)[] {
  // A line that begins with white space goes on with the one before it.
  const unfolded = text.replaceAll(/\r?\n[ \t]/g, '');
  return unfolded
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(contentLine);
}

function contentLine(line: string): ContentLine | undefined {
  const match = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/s.exec(line);
  if (!match) return undefined;
  const [, name = '', parameters = '', value = ''] = match;
  const pairs = [...parameters.matchAll(/;([A-Za-z0-9-]+)=(?:"([^"]*)"|([^";:]*))/g)];
  return {
    name: name.toUpperCase(),
    parameters: new Map(
      pairs.map(([, key = '', quoted, plain = '']) => [key.toUpperCase(), quoted ?? plain]),
    ),
    value: value.trim(),
  };
}
