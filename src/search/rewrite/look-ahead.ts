import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import type { TermDictionary } from '../engine/dictionary.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import { distinctWords } from '../query/distinct-words.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { QueryWord } from '../query/words.ts'
import { leadGate } from '../ranking/lead.ts'
import { titleWordsOf } from './title-words.ts'

/** Of longer queries the first words: of the others one is looked up after the other. */
const WORDS_MAX = 64

/** What rewriting does, word by word. */
export interface Ahead {
  readonly dictionary: TermDictionary
  readonly compoundTerms: readonly string[]
  /** Looks a word up as rewriting does; nothing is charged. */
  resolve(word: QueryWord, isAlone: boolean): Promise<ResolvedWord>
}

/**
 * Asks a dictionary that is far away for what rewriting a query will ask for, all at once: the answers are remembered there. It decides nothing: what it has
 * guessed wrong, or left out, is asked for in its turn.
 */
export async function lookAhead(query: AnalyzedQuery, { dictionary, compoundTerms, resolve }: Ahead): Promise<void> {
  const isCompound = dictionary.wholeWords(compoundTerms)
  const { tokens, sequence } = query
  // as if nothing that was typed apart were one word: so it is nearly always
  const words = distinctWords(tokens, () => false).slice(0, WORDS_MAX)
  const grams = new Set(words.flatMap(({ word }) => gramsOf(word.term)))
  const resolving = Promise.all(words.map((word) => resolve(word, words.length === 1)))
  const titles = async (): Promise<unknown> => titleWordsOf(tokens, await resolving, dictionary)
  const ownTitles = titleWordsOf(tokens, [], dictionary)
  await Promise.all([
    isCompound,
    resolving,
    ownTitles,
    titles(),
    dictionary.documentFrequencies([...sequence, ...words.flatMap(termsOf)]),
    dictionary.gramFrequencies([...grams]),
    ...words.flatMap((word) => byLetters(word, query, dictionary)),
  ])
}

/** Terms whose frequencies are asked for, of the word or in its stead. */
const termsOf = ({ word, alternatives, synonyms, readings, related }: QueryWord): string[] => [
  word.term,
  ...word.parts.map(({ term }) => term),
  ...alternatives,
  ...synonyms.flatMap((phrase) => phrase.map(({ term }) => term)),
  ...readings,
  ...related,
]

/** What is asked for whatever the frequency of the word is. */
function byLetters(
  { word, alternatives, isAsItStands }: QueryWord,
  { forgivesTypos }: AnalyzedQuery,
  dictionary: TermDictionary,
): Promise<unknown>[] {
  const isLong = leadGate(dictionary.meanLength) > 0
  return [
    ...(isLong ? [dictionary.totalTermFrequencies([word.term, ...alternatives])] : []),
    ...(isAsItStands || !forgivesTypos
      ? []
      : [dictionary.similarTerms(word.term), dictionary.hasSpelling(word.term, [word.key, word.form])]),
  ]
}
