import type { Expansion } from '../query/resolved-query.ts'

/** What counts as a query word, of all terms that stand for it. */
interface Readings {
  /** Whether anything is known to be what was asked for, or to have been meant by it. */
  readonly isMeant: boolean
  /** What counts as the word; what only looks like it is not among it, unless there is nothing that is nearer. */
  readonly meant: readonly Expansion[]
  /** What begins with it. */
  readonly prefixTerms: readonly Expansion[]
  /** How many articles have the most frequent of these. */
  readonly mostDocuments: number
}

const NONE: readonly Expansion[] = []

/**
 * @param expansions all terms that stand for the word; those that only look like it stand last
 * @param isKnown whether some article has the word itself
 * @param isInPhrases whether some article has a name of several words that means the same
 */
export function readingsOf(expansions: readonly Expansion[], isKnown: boolean, isInPhrases: boolean): Readings {
  const firstSimilar = expansions.findIndex(({ kind }) => kind === 'similar')
  const read = firstSimilar < 0 ? expansions : firstSimilar === 0 ? NONE : expansions.slice(0, firstSimilar)
  // a word that no article has counts as what was meant by it, or else as what looks like it
  const isMeant = isKnown || read.length > 0 || isInPhrases
  const prefixTerms = read.length === 0 ? NONE : read.filter(({ kind }) => kind === 'prefix')
  const others = prefixTerms.length === 0 ? read : read.filter(({ kind }) => kind !== 'prefix')
  const meant = !isMeant ? expansions : isKnown ? others : withMoreAlike(others, read, expansions)
  return { isMeant, meant, prefixTerms, mostDocuments: Math.max(mostDocumentsOf(meant), mostDocumentsOf(prefixTerms)) }
}

/** With what looks like an unknown word more than it is near to anything: Schwangerkeit is rather Schwangerschaft than Schlager. */
function withMoreAlike(
  meant: readonly Expansion[],
  read: readonly Expansion[],
  all: readonly Expansion[],
): readonly Expansion[] {
  // of a beginning that is typed, and of what the owner says, nothing was guessed
  if (!read.some(({ kind }) => kind === 'typo')) return meant
  const nearest = read.reduce((most, { weight }) => Math.max(most, weight), 0)
  const alike = all.slice(read.length).filter(({ weight }) => weight > nearest)
  return alike.length === 0 ? meant : [...meant, ...alike]
}

const mostDocumentsOf = (expansions: readonly Expansion[]): number =>
  expansions.reduce((most, { documents }) => Math.max(most, documents), Number.NEGATIVE_INFINITY)
