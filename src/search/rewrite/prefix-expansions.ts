import { orderKey } from '../../analysis/german/order-key.ts'
import type { TermDictionary } from '../engine/dictionary.ts'
import type { Expansion } from '../query/resolved-query.ts'
import type { QueryWord } from '../query/words.ts'
import { WEIGHTS } from '../ranking/weights.ts'

/** Of a word that is being typed the completions that most articles have are looked up; of one that was asked for all there usually are. */
const TYPED_MAX = 50
const ASKED_MAX = 5000
/** Letters that a word marked as a beginning (`Verfass*`) needs; one more in large vocabularies, where two begin thousands of words. */
const ASKED_LENGTH_MIN = 2
const LARGE_VOCABULARY_SPELLINGS = 50_000
/** A stem is as much shorter than its word. */
const ENDING_MAX = 1

/** Whether a word that is marked as a beginning has letters enough to be one; a shorter one stands for itself alone. */
export function isPrefixLongEnough(typed: string, dictionary: TermDictionary): boolean {
  const isLarge = dictionary.spellings > LARGE_VOCABULARY_SPELLINGS
  return orderKey(typed).length >= ASKED_LENGTH_MIN + (isLarge ? 1 : 0)
}

/** The terms of words that begin as one was typed, the most frequent first; its own term is not among them. */
export async function prefixExpansions(
  { word, alternatives, prefix, isKnownWord }: QueryWord,
  dictionary: TermDictionary,
): Promise<Expansion[]> {
  const isAsked = prefix === 'asked'
  if (isAsked && !isPrefixLongEnough(word.key, dictionary)) return []
  // who types a word that there is, such as Kuchen, means no Küchen, nor words of a shorter stem, as bürgerlich has, which is that of Burg
  const isLiteral = isKnownWord && !isAsked
  const found = await dictionary.prefixTerms({
    prefix: word.key,
    except: [word.term, ...alternatives],
    isLiteral,
    termLengthMin: isLiteral ? word.key.length - ENDING_MAX : 0,
    most: isAsked ? ASKED_MAX : TYPED_MAX,
  })
  return found.map(({ term, documents }) => ({ term, documents, weight: WEIGHTS.prefix, kind: 'prefix' }))
}
