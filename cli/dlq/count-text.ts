/** `1 message`, `2 messages`. */
export function countText(count: number): string {
  return `${count} message${count === 1 ? '' : 's'}`;
}
