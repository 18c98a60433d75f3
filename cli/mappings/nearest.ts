/**
 * The candidate that was most likely meant; undefined where none is near.
 * @param most edits; by default one in every third character: more is no slip any more
 */
export function nearest(
  text: string,
  candidates: Iterable<string>,
  most = Math.max(1, Math.floor(text.length / 3)),
): string | undefined {
  let best = most + 1;
  let found: string | undefined;
  for (const candidate of candidates) {
    const far = distance(text.toLowerCase(), candidate.toLowerCase(), best);
    if (far < best) [best, found] = [far, candidate];
  }
  return found;
}

/** ` (did you mean X?)`, or nothing. */
export function didYouMean(text: string, candidates: Iterable<string>): string {
  const near = nearest(text, candidates);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

/** Edits, swaps of neighbours included, that make one text of the other; at least `enough` where it is more than that. */
function distance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? enough;
}
