import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import { type FieldTokens, fieldTokensOf } from '../../src/search/engine/token-stream.ts'
import type { Evidence, LocatedField } from '../../src/search/match/locate.ts'
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
  return locatedField(fieldTokensOf(count, { starts, ends, sentences }), matches, matchedWords)
}

/** Tokens of which some match as well as can be. */
export function locatedField(
  tokens: FieldTokens,
  matches: readonly number[],
  matchedWords: readonly number[],
): LocatedField {
  const matchedKinds = matches.map(() => null)
  return { ...tokens, matches, matchedWords, matchedKinds, evidence: evidenceOf(tokens, matches, matchedWords) }
}

function evidenceOf(field: FieldTokens, tokens: readonly number[], words: readonly number[]): Evidence {
  let sentence = 0
  const sentenceOf = Array.from({ length: field.count }, (_, token) => {
    if (field.beginsSentence(token)) sentence += 1
    return sentence
  })
  return { tokens, words, strengths: tokens.map(() => 1), sentences: tokens.map((at) => sentenceOf[at] as number) }
}
