/**
 * How telling a run of letters is: the fewer terms have it, the more.
 *
 *     ln(1 + T / t)
 *
 * T is the number of all terms, t of those that have it, each plus one and rounded down to a half power of two. So a word that comes or goes
 * changes next to nothing of what was worked out before; ranking does not notice the rounding (docs/RANKING.md).
 */
export const gramRarity = (terms: number, allTerms: number): number =>
  // of the precision that it is kept in
  Math.fround(Math.log(1 + 2 ** ((rarityLevel(allTerms) - rarityLevel(terms)) / 2)))

/** Twice the binary logarithm of a number plus one, rounded down: in whole numbers, so that it is the same everywhere. */
export function rarityLevel(terms: number): number {
  const exponent = 31 - Math.clz32(terms + 1)
  return 2 * exponent + ((terms + 1) ** 2 >= 2 ** (2 * exponent + 1) ? 1 : 0)
}
