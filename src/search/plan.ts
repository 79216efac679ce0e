import type { Analyzer } from '../analysis/analyzer.ts'
import type { Word, WordPart } from '../analysis/word.ts'

/** One word of a query, with everything an engine needs to look it up. */
export interface QueryWord {
  /** As it was typed. */
  readonly surface: string
  /** Its parts are those that are looked up: each term once, no stop words while others remain. */
  readonly word: Word
  /** How often the query has it. */
  readonly count: number
}

export type MatchingStrategy = 'last' | 'all'

/** A query, read: what an engine gets. */
export interface QueryPlan {
  /** Distinct by term, in the order of the query. Stop words only where the query has nothing else. */
  readonly words: readonly QueryWord[]
  /** Whether the query asked for anything at all; a plan without words is then a plan without hits. */
  readonly empty: boolean
  readonly matchingStrategy: MatchingStrategy
  readonly offset: number
  readonly limit: number
}

/** More distinct words than this are not looked up: a pasted page is searched by its first words. Parts count as words. */
export const QUERY_WORDS_MAX = 400
/** Of a word with more parts only the first are looked up. */
const PARTS_MAX = 16

/** Reads what a person typed. Never fails. */
export function planQuery(
  query: string,
  analyzer: Analyzer,
  page: { offset: number; limit: number; matchingStrategy: MatchingStrategy },
): QueryPlan {
  const analysis = analyzer.analyze(query)
  const telling = analysis.words.some((word) => !word.stop)
  const words = new Map<string, QueryWord>()
  let lookedUp = 0
  for (const [index, word] of analysis.words.entries()) {
    if (telling && word.stop) continue
    const known = words.get(word.term)
    if (known !== undefined) words.set(word.term, { ...known, count: known.count + 1 })
    else if (lookedUp < QUERY_WORDS_MAX) {
      const surface = query.slice(analysis.starts[index], analysis.ends[index])
      const parts = partsLookedUp(word.parts)
      words.set(word.term, { surface, word: { ...word, parts }, count: 1 })
      lookedUp += 1 + parts.length
    }
  }
  return { words: [...words.values()], empty: query.trim() === '', ...page }
}

function partsLookedUp(parts: readonly WordPart[]): readonly WordPart[] {
  const telling = parts.some(({ stop }) => stop !== true)
  const terms = new Set<string>()
  const kept = parts.filter((part) => {
    if ((telling && part.stop === true) || terms.has(part.term)) return false
    terms.add(part.term)
    return true
  })
  return kept.slice(0, PARTS_MAX)
}
