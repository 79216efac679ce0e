import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import { fieldTokensOf } from '../../src/search/engine/token-stream.ts'
import type { LocatedField } from '../../src/search/match/locate.ts'
import { matchWords } from '../../src/search/match/word-matcher.ts'
import type { ExpandedWord } from '../../src/search/query/resolved-query.ts'
import { queryWords } from './words.ts'

const analyzer = createAnalyzer()

/** A field as an engine gives it, with the tokens marked that match one of the words. */
export function located(text: string, words: readonly string[]): LocatedField {
  const { count, starts, ends, sentences, words: found } = analyzer.analyze(text)
  const wanted = words.map((surface) => queryWords(surface)[0] as ExpandedWord)
  const matches: number[] = []
  const matchedWords: number[] = []
  for (const [token, word] of found.entries()) {
    const matched = wanted.findIndex((one) => matchWords(word, one) !== null)
    if (matched < 0) continue
    matches.push(token)
    matchedWords.push(matched)
  }
  const tokens = fieldTokensOf(count, { starts, ends, sentences })
  return { ...tokens, matches, matchedWords, matchedKinds: matches.map(() => null) }
}
