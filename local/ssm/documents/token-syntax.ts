/**
 * What Automation takes for a token: `{{ Param }}`, `{{ Step.Output }}`, `{{ global:X }}`. Other text
 * between double braces, such as a template of another language, is left as it is.
 */
export const TOKEN = /\{\{\s*([A-Za-z0-9_][\w.:/-]*?)\s*\}\}/g;

/** The names within a text's tokens. */
export function tokensIn(text: string): string[] {
  return [...text.matchAll(TOKEN)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** The name where the whole text is one token. */
export function wholeToken(text: string): string | undefined {
  const [match] = text.matchAll(TOKEN);
  return match !== undefined && match[0] === text.trim() ? match[1] : undefined;
}
