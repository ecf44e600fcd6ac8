/**
 * The up to three candidates that `word` is most likely a misspelling of, best first: within a third of
 * its length in insertions, deletions, replacements and swaps of neighbours, and one in a short word.
 * Words that share no character are no misspellings of each other.
 */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const typed = [...word.toLowerCase()].slice(0, longest);
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  const scored = [...new Set(candidates)].map((name) => ({
    name,
    length: [...name].length,
    off: editsBetween(typed, [...name.toLowerCase()]),
  }));
  return scored
    .filter(({ off, length }) => off <= allowed && off < Math.max(typed.length, length))
    .sort((a, b) => a.off - b.off || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Nothing that people are offered is longer; it keeps the work bounded. */
const longest = 80;

/** Damerau–Levenshtein distance (optimal string alignment), over code points. */
function editsBetween(a: readonly string[], b: readonly string[]): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Infinity;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
