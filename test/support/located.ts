import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { LocatedField } from '../../src/search/match/locate.ts'
import { matchWords } from '../../src/search/match/word-matcher.ts'
import type { ExpandedWord } from '../../src/search/query/resolved-query.ts'
import { queryWords } from './words.ts'

const analyzer = createAnalyzer()

/** A field as an engine gives it, with the tokens marked that match one of the words. */
export function located(text: string, words: readonly string[]): LocatedField {
  const { count, starts, ends, sentences, words: found } = analyzer.analyze(text)
  const matches: number[] = []
  const matchedWords: number[] = []
  for (const [token, word] of found.entries()) {
    const wanted = words.findIndex((surface) => matchWords(word, queryWords(surface)[0] as ExpandedWord) !== null)
    if (wanted < 0) continue
    matches.push(token)
    matchedWords.push(wanted)
  }
  return { count, starts, ends, sentences, matches, matchedWords, matchedKinds: matches.map(() => null) }
}
