import type { ParameterDefinition } from '../documents/runbook.ts';
import { TOKEN, tokensIn, wholeToken } from '../documents/token-syntax.ts';
import { asText, type TokenScope } from './tokens.ts';

/**
 * A default with tokens, filled in, as the strings that the API takes; undefined for any other. Tokens that name
 * nothing, such as `{{TARGET_ID}}` of another service, stay.
 */
export function filledDefault(
  { type, default: value }: ParameterDefinition,
  scope: TokenScope,
): string[] | undefined {
  const texts: readonly unknown[] = type === 'StringList' && Array.isArray(value) ? value : [value];
  const hasTokens = (text: unknown) =>
    typeof text === 'string' && tokensIn(text).some((token) => scope(token) !== undefined);
  if (!texts.some(hasTokens)) return undefined;
  return texts.flatMap((text) => (type === 'StringList' ? members(text, scope) : fill(String(text), scope)));
}

/** What a member of a list's default stands for: Parameter Store has lists as `a,b`. */
function members(text: unknown, scope: TokenScope): string[] {
  const whole = wholeToken(String(text));
  const value = whole === undefined ? undefined : scope(whole);
  if (value === undefined) return [fill(String(text), scope)];
  return Array.isArray(value) ? value.map(asText) : asText(value).split(',');
}

function fill(text: string, scope: TokenScope): string {
  return text.replace(TOKEN, (token, name: string) => {
    const value = scope(name);
    return value === undefined ? token : asText(value);
  });
}
