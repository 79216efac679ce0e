import type { Analyzer } from '../../../src/analysis/analyzer.ts'
import { phraseSpansOf } from '../../../src/search/match/phrase-spans.ts'
import type { ResolvedWord } from '../../../src/search/query/resolved-query.ts'
import { inverseDocumentFrequency, saturation } from '../../../src/search/ranking/bm25.ts'
import { WEIGHTS } from '../../../src/search/ranking/weights.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import type { ReferenceDocument, ReferenceForms } from './documents.ts'
import { hasAllParts, hasSomePart, wholeFrequencyOf } from './words.ts'

/** What one word gives to one article. */
export interface WordScore {
  readonly score: number
  /** What share of the word it has. */
  readonly share: number
}

/** By docId what a word gives, article by article from the formula in bm25.ts. */
export function wordScores(
  word: ResolvedWord,
  documents: readonly ReferenceDocument[],
  forms: ReferenceForms,
  analyzer: Analyzer,
): Map<number, WordScore> {
  const { termWeight, meant, prefixTerms, phrases } = word
  const spans = phraseSpansOf(forms, analyzer)
  const scoreOf = (one: ReferenceDocument, frequency: number): number =>
    frequency > 0 ? termWeight * saturation(frequency, one.stream.norm) : 0
  const own = (one: ReferenceDocument): number => scoreOf(one, wholeFrequencyOf(one, word))
  const byTerms = (one: ReferenceDocument, expansions: ResolvedWord['expansions']): number =>
    Math.max(0, ...expansions.map(({ term, weight }) => weight * scoreOf(one, one.frequency(term))))
  const byName = (one: ReferenceDocument): number =>
    phrases.some((phrase) => spans.of(one.stream, phrase, null, new WorkBudget()).length > 0)
      ? WEIGHTS.synonym * scoreOf(one, 1)
      : 0
  const least = Math.min(...documents.map(own).filter((score) => score > 0))
  const scores = new Map<number, WordScore>()
  for (const one of documents) {
    const known = Math.max(own(one), byTerms(one, meant), byName(one))
    const begun = byTerms(one, prefixTerms)
    if (known > 0) scores.set(one.docId, { score: known, share: 1 })
    else if (begun > 0) scores.set(one.docId, { score: below(least, begun), share: 1 })
    else {
      const parts = byParts(one, word, documents)
      if (parts !== null) scores.set(one.docId, { score: below(least, parts.score), share: parts.share })
    }
  }
  return scores
}

/** An article that has only parts: of a word with hyphens any of them, of a compound all. */
function byParts(
  one: ReferenceDocument,
  word: ResolvedWord,
  documents: readonly ReferenceDocument[],
): WordScore | null {
  const isEach = word.word.key.includes('-')
  if (wholeFrequencyOf(one, word) > 0 || !(isEach ? hasSomePart(one, word) : hasAllParts(one, word))) return null
  const parts = word.word.parts.map(({ term }) => ({
    frequency: one.frequency(term),
    idf: idfOf(term, documents),
  }))
  const total = parts.reduce((sum, { idf }) => sum + idf, 0)
  const found = parts.filter(({ frequency }) => frequency > 0)
  const scale = WEIGHTS.scattered * Math.min(1, word.termWeight / total)
  return {
    score: scale * found.reduce((sum, { idf, frequency }) => sum + idf * saturation(frequency, one.stream.norm), 0),
    share: found.reduce((sum, { idf }) => sum + idf, 0) / total,
  }
}

const idfOf = (term: string, documents: readonly ReferenceDocument[]): number =>
  inverseDocumentFrequency(documents.filter(({ terms }) => terms.has(term)).length, documents.length)

/** What a hit gets by words that look like one of the query, where that is more than what the word itself gives. */
export function withSimilar(
  score: number,
  word: ResolvedWord,
  one: ReferenceDocument,
  documents: readonly ReferenceDocument[],
): number {
  const alike = word.expansions
    .filter(({ kind }) => kind === 'similar')
    .map(({ term, weight }) => {
      const frequency = one.wholeFrequency(term)
      const strength = weight * Math.min(word.termWeight, idfOf(term, documents))
      return frequency > 0 ? strength * saturation(frequency, one.stream.norm) : 0
    })
  return Math.max(score, ...alike)
}

/** A score that keeps below `ceiling`. */
const below = (ceiling: number, score: number): number =>
  score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
