import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { inverseDocumentFrequency, saturation } from '../search/ranking/bm25.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import { weightedFrequency } from './analysed-article.ts'
import type { FrequenciesOf } from './wanted-terms.ts'

/** A word of a query with what it takes to tell who has it. */
export interface LookedUpWord {
  readonly word: ResolvedWord
  /** What an article without the word may have instead. */
  readonly parts: readonly { readonly term: string; readonly idf: number }[]
  /** The sum of their idfs. */
  readonly partWeight: number
  /** Whether any of the parts will do, in proportion; else all of them. */
  readonly isEach: boolean
  /** Words that look like it, and what each is worth. */
  readonly similar: readonly { readonly term: string; readonly strength: number }[]
  /** By docId the articles that have a name of several words that means the same. */
  readonly named: ReadonlySet<number>
}

/** The same with what bounds the scores of what stands below the word. */
export interface ScoredWord extends LookedUpWord {
  /** The least that the word itself gives to an article. */
  readonly least: number
}

/** What one word gives to one article. */
export interface WordScore {
  readonly score: number
  /** What share of the word it has. */
  readonly share: number
}

const NOTHING: WordScore = { score: 0, share: 0 }

const frequencyOf = (article: FrequenciesOf, term: string): number => weightedFrequency(article(term))

/** How often an article has a word whole. */
const wholeFrequencyOf = (article: FrequenciesOf, { word, alternatives }: ResolvedWord): number =>
  alternatives.reduce((sum, term) => sum + WEIGHTS.part * frequencyOf(article, term), frequencyOf(article, word.term))

export const similarStrength = (weight: number, termWeight: number, documents: number, all: number): number =>
  weight * Math.min(termWeight, inverseDocumentFrequency(documents, all))

/** The terms that its score is reckoned by. */
export const termsOfScore = ({ word, parts, similar }: LookedUpWord): string[] => [
  word.word.term,
  ...word.alternatives,
  ...[...word.meant, ...word.prefixTerms, ...parts, ...similar].map(({ term }) => term),
]

/** What a word gives, by the formula in bm25.ts: the script of the cluster reckons the same (score-script.ts). */
export function wordScore(scored: ScoredWord, article: FrequenciesOf, docId: number, norm: number): WordScore {
  const { word, named, least } = scored
  const { termWeight, meant, prefixTerms } = word
  const scoreOf = (frequency: number): number => (frequency > 0 ? termWeight * saturation(frequency, norm) : 0)
  const byTerms = (expansions: ResolvedWord['expansions']): number =>
    Math.max(0, ...expansions.map(({ term, weight }) => weight * scoreOf(frequencyOf(article, term))))
  const whole = wholeFrequencyOf(article, word)
  const byName = named.has(docId) ? WEIGHTS.synonym * scoreOf(1) : 0
  const known = Math.max(scoreOf(whole), byTerms(meant), byName)
  if (known > 0) return { score: known, share: 1 }
  const begun = byTerms(prefixTerms)
  if (begun > 0) return { score: below(least, begun), share: 1 }
  return byParts(scored, article, norm)
}

function byParts(
  { word, parts, partWeight, isEach, least }: ScoredWord,
  article: FrequenciesOf,
  norm: number,
): WordScore {
  const found = parts
    .map(({ term, idf }) => ({ idf, frequency: frequencyOf(article, term) }))
    .filter(({ frequency }) => frequency > 0)
  if (found.length === 0 || (!isEach && found.length < parts.length)) return NOTHING
  const scale = WEIGHTS.scattered * Math.min(1, word.termWeight / partWeight)
  const sum = found.reduce((all, { idf, frequency }) => all + idf * saturation(frequency, norm), 0)
  return { score: below(least, scale * sum), share: found.reduce((all, { idf }) => all + idf, 0) / partWeight }
}

/** The same where words that look like it give more. */
export function withSimilar(score: number, { similar }: ScoredWord, article: FrequenciesOf, norm: number): number {
  let best = score
  for (const { term, strength } of similar) {
    const { whole } = article(term)
    if (whole > 0) best = Math.max(best, strength * saturation(whole, norm))
  }
  return best
}

/** A score that keeps below `ceiling`. */
const below = (ceiling: number, score: number): number =>
  score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
