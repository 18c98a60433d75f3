const MAX_QUOTED = 300;

/** As JSON, and short enough to stand in a sentence: what an event says may be long. */
export function quote(text: string): string {
  return JSON.stringify(truncate(text, MAX_QUOTED));
}

/** At most `length` characters (UTF-16), never half of one. */
export function truncate(text: string, length: number): string {
  return text.length <= length ? text.toWellFormed() : `${cut(text, length - 1)}…`;
}

/** At most `bytes` bytes of UTF-8. */
export function truncateBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text.toWellFormed();
  const ellipsis = '…';
  // A character that was cut in two becomes U+FFFD.
  const kept = Buffer.from(text)
    .subarray(0, bytes - Buffer.byteLength(ellipsis))
    .toString();
  return `${kept.replace(/\ufffd+$/, '')}${ellipsis}`;
}

/** In one line: OpsItem titles take no other. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function cut(text: string, length: number): string {
  const kept = text.slice(0, length);
  return (kept.isWellFormed() ? kept : kept.slice(0, -1)).toWellFormed();
}
