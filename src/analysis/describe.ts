import type { Analyzer } from './analyzer.ts'

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
}

export function describeTokens(text: string, analyzer: Analyzer): TokenDescription[] {
  const { starts, ends, words } = analyzer.analyze(text)
  return words.map((word, i) => {
    const start = starts[i] as number
    const end = ends[i] as number
    const parts = word.parts.map((part) => ({ start: start + part.start, end: start + part.end, term: part.term }))
    return {
      surface: text.slice(start, end),
      start,
      end,
      term: word.term,
      ...(word.stop && { stop: true as const }),
      ...(parts.length > 0 && { parts }),
    }
  })
}
