/** Outputs as AWS's messages have them: `{Status=[Failed], ResponseCode=[1], …}`. */
export function inBraces(outputs: Iterable<readonly [string, unknown]>): string {
  const members = [...outputs].map(([name, value]) => `${name}=[${shown(value)}]`);
  return `{${members.join(', ')}}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
