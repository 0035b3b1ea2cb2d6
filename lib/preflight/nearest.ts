/** Edit distance with swaps of neighbours counted once (optimal string alignment): how many slips make `a` into `b`. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min(substitution, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** At most a third of the letters may differ. */
const slipsOf = (word: string): number => Math.max(1, Math.floor(word.length / 3));

/**
 * The known word that was probably meant, or undefined when none is near.
 *
 * @param limit letters that may differ
 */
export function nearest(word: string, known: Iterable<string>, limit: number = slipsOf(word)): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const slips = distance(lower, candidate.toLowerCase());
    if (slips < bestDistance) {
      best = candidate;
      bestDistance = slips;
    }
  }
  return best;
}

/** ` (did you mean "x"?)`, or nothing when no known word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

/** A longer list is not read: a few words are enough to know what kind of word is meant. */
const MOST_WORDS = 12;
const SHOWN_WORDS = 8;

/** Known words for a message: all of them, or the near ones where they are many, or else the first ones. */
export function choicesFor(word: string, known: readonly string[]): string {
  if (known.length <= MOST_WORDS) return known.join(', ');
  const near = known.filter((candidate) => isNear(word.toLowerCase(), candidate.toLowerCase()));
  const shown = (near.length > 0 ? near : known).slice(0, SHOWN_WORDS);
  return `${shown.join(', ')}, … (${known.length} in all)`;
}

/** Whether one word contains the other, or at most a third of the letters differ. */
function isNear(word: string, other: string): boolean {
  if (word.length > 2 && other.includes(word)) return true;
  const limit = slipsOf(word);
  // Before the distance, whose time is the product of both lengths: a value from outside may be a whole file.
  return Math.abs(word.length - other.length) <= limit && distance(word, other) <= limit;
}
