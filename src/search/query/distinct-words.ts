import type { QueryToken, QueryWord } from './words.ts'

/** More distinct words than this are not looked up: a pasted page is searched by its first words. Parts count as words. */
export const QUERY_WORDS_MAX = 400

/**
 * The distinct words among tokens. What was typed apart is one word where articles have it as one.
 * @param isWord whether some article has a word with this term, written together
 */
export function distinctWords(tokens: readonly QueryToken[], isWord: (term: string) => boolean): QueryWord[] {
  const words = new Map<string, QueryWord>()
  let lookedUp = 0
  for (let token = 0; token < tokens.length; token++) {
    const one = tokens[token] as QueryToken
    const reading = one.compoundReadings.find(({ compound }) => isWord(compound.word.term))
    const read = reading === undefined ? one : withSynonyms(reading.compound, tokens.slice(token, reading.last + 1))
    token = reading?.last ?? token
    const { word, noun, prefix, isConstrained, phrase } = read
    const name = prefix === 'asked' ? `${word.term}*` : word.term
    const known = words.get(name)
    if (known !== undefined) {
      words.set(name, {
        ...known,
        count: known.count + 1,
        noun: known.noun || noun,
        prefix: known.prefix ?? prefix,
        isConstrained: known.isConstrained && isConstrained,
        phrase: phrase === null ? null : known.phrase,
      })
    } else if (lookedUp < QUERY_WORDS_MAX) {
      words.set(name, read)
      lookedUp += 1 + word.parts.length + read.alternatives.length + read.synonyms.length + read.related.length
    }
  }
  return [...words.values()]
}

/** What was joined, with what means the same as its words. */
function withSynonyms(compound: QueryWord, members: readonly QueryToken[]): QueryWord {
  const synonyms = [...new Set(members.flatMap((member) => member.synonyms))]
  const last = members.at(-1) as QueryToken
  return { ...compound, synonyms, prefix: last.prefix, isConstrained: last.isConstrained, phrase: last.phrase }
}
