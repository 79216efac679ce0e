// The room `analysis/explain`: the steps of the analysis, told to people. It imports the analysis, which knows nothing of it: an index
// does not depend on these sentences.

import type { Language } from '../../errors.ts'
import type { Analyzer } from '../analyzer.ts'
import { stepsOf } from './steps.ts'

/** One token as people are shown it. Offsets are UTF-16 units of the text. */
export interface TokenDescription {
  readonly surface: string
  readonly start: number
  readonly end: number
  readonly term: string
  /** Present and true for stop words. */
  readonly stop?: true
  /** The smallest parts; absent where the word stays whole. */
  readonly parts?: readonly { readonly start: number; readonly end: number; readonly term: string }[]
  /** Further terms it is indexed under: several of its parts together, and what its neighbours make of it. */
  readonly also?: readonly string[]
  /** How the word came to its terms, a sentence each; only where a language was asked for. */
  readonly steps?: readonly string[]
}

/** @param language of the steps; without one there are none */
export function describeTokens(text: string, analyzer: Analyzer, language?: Language): TokenDescription[] {
  const { starts, ends, words } = analyzer.analyze(text)
  return words.map((word, i) => {
    const start = starts[i] as number
    const end = ends[i] as number
    const surface = text.slice(start, end)
    const parts = word.parts.map((part) => ({ start: start + part.start, end: start + part.end, term: part.term }))
    const also = [...new Set([...word.subCompounds, ...word.aliases].map(({ term }) => term))]
    return {
      surface,
      start,
      end,
      term: word.term,
      ...(word.stop && { stop: true as const }),
      ...(parts.length > 0 && { parts }),
      ...(also.length > 0 && { also }),
      ...(language !== undefined && { steps: stepsOf(surface, word, analyzer.basis(surface), language) }),
    }
  })
}
