/** A sentence begins with a capital letter. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Words that are wider than allowed in two lines of about the same width; words without a space stay in one.
 * @param wide width of words, in the unit of `most`; the number of characters where nothing is said
 */
export function inTwoLines(
  words: string,
  most: number,
  wide: (words: string) => number = (text) => text.length,
): string[] {
  if (wide(words) <= most) return [words];
  const halves = [...words.matchAll(/ /g)].map(({ index }) => [words.slice(0, index), words.slice(index + 1)]);
  const width = (lines: readonly string[]): number => Math.max(...lines.map(wide));
  // of two breaks that are as good, the one that leaves more on the first line
  return halves.reverse().sort((a, b) => width(a) - width(b))[0] ?? [words];
}
