import type { Analyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import { distinctWords } from '../../src/search/query/distinct-words.ts'
import { timeOf } from '../../src/time.ts'
import { documentsOf, type ReferenceDocument } from './reference/documents.ts'

/** What a search must answer, worked out article by article from the formula in src/search/ranking/bm25.ts and CONTRACT's rule. */
export interface BruteForceAnswer {
  readonly scores: ReadonlyMap<string, number>
  readonly totalHits: number
  /** For each article that is a hit, the terms of the query words it lacks. */
  readonly lacking: ReadonlyMap<string, readonly string[]>
}

const K1 = 0.9
const B = 0.7
const EQUAL = 1 - 1e-9
const HITS_WANTED = 20

export function bruteForce(
  articles: readonly Article[],
  query: string,
  matchingStrategy: 'last' | 'all',
  analyzer: Analyzer,
): BruteForceAnswer {
  const counted = documentsOf(articles, analyzer).documents
  const meanLength = counted.reduce((sum, { length }) => sum + length, 0) / counted.length
  const idf = (df: number): number => Math.log(1 + (counted.length - df + 0.5) / (df + 0.5))
  const worth = (frequency: number, length: number): number =>
    (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (meanLength > 0 ? (B * length) / meanLength : B)))

  const scores = new Map<string, number>()
  const weights = new Map<string, number>()
  const lacking = new Map<string, string[]>()
  let total = 0
  const plan = analyzeQuery(query, analyzer, { offset: 0, limit: 20, matchingStrategy })
  const isWord = (term: string): boolean => counted.some((entry) => entry.wholeFrequency(term) > 0)
  for (const { word, alternatives, count: times } of distinctWords(plan.tokens, isWord)) {
    const terms = word.parts.map(({ term }) => term)
    const has = (entry: ReferenceDocument, term: string): boolean => entry.frequency(term) > 0
    const whole = (entry: ReferenceDocument): number =>
      alternatives.reduce((sum, term) => sum + 0.5 * entry.frequency(term), entry.frequency(word.term))
    const hasWord = (entry: ReferenceDocument): boolean =>
      whole(entry) > 0 || (terms.length > 0 && terms.every((term) => has(entry, term)))
    const weight = idf(counted.filter(hasWord).length)
    const partWeights = terms.map((term) => idf(counted.filter((entry) => has(entry, term)).length))
    const partTotal = partWeights.reduce((sum, partWeight) => sum + partWeight, 0)
    const had = new Set<string>()
    const wholeScore = (entry: ReferenceDocument): number => weight * worth(whole(entry), entry.length)
    const least = Math.min(...counted.filter((entry) => whole(entry) > 0).map(wholeScore))
    for (const entry of counted) {
      const { id } = entry.article
      let score = 0
      let found = 0
      if (whole(entry) > 0) {
        score = times * wholeScore(entry)
        found = times * weight
      } else {
        for (const [i, term] of terms.entries()) {
          if (!has(entry, term)) continue
          score +=
            0.7 *
            Math.min(1, weight / partTotal) *
            (partWeights[i] as number) *
            worth(entry.frequency(term), entry.length)
          found += (times * weight * (partWeights[i] as number)) / partTotal
        }
        // parts rank below the whole word
        if (score > least / 2) score = least - (least * least) / (4 * score)
        score *= times
      }
      if (!hasWord(entry)) lacking.set(id, [...(lacking.get(id) ?? []), word.term])
      // a compound is had with all its parts or not at all
      if (found === 0 || (!word.key.includes('-') && !hasWord(entry))) continue
      had.add(id)
      scores.set(id, (scores.get(id) ?? 0) + score)
      weights.set(id, (weights.get(id) ?? 0) + found)
    }
    // nobody can have a word that no article has
    if (had.size > 0 || matchingStrategy === 'all') total += times * weight
  }
  const least = matchingStrategy === 'all' ? total : lastThreshold(total, [...weights.values()])
  for (const [id, weight] of weights) if (weight < least * EQUAL) scores.delete(id)
  return { scores, totalHits: scores.size, lacking }
}

/** Half of the query's weight; where fewer than twenty articles carry so much, what the twentieth carries, or the last of fewer. */
function lastThreshold(total: number, weights: readonly number[]): number {
  if (weights.filter((weight) => weight >= (total / 2) * EQUAL).length >= HITS_WANTED) return total / 2
  const descending = [...weights].sort((a, b) => b - a)
  return Math.min(total / 2, descending[Math.min(HITS_WANTED, descending.length) - 1] ?? 0)
}

/** The order of hits: best first, then newest first, undated last, then by id. */
export function inOrder(a: { score: number; article: Article }, b: { score: number; article: Article }): boolean {
  if (a.score !== b.score) return a.score > b.score
  const [timeA, timeB] = [timeOf(a.article.date), timeOf(b.article.date)]
  return timeA !== timeB ? timeA > timeB : a.article.id < b.article.id
}
