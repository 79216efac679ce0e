import type { TermDictionary } from '../engine/dictionary.ts'
import type { Expansion } from '../query/resolved-query.ts'
import type { QueryWord } from '../query/words.ts'
import { inverseDocumentFrequency } from '../ranking/bm25.ts'
import { leadGate, PASSAGE_LENGTH } from '../ranking/lead.ts'

/**
 * How much a word tells at the beginning of a long article. In how many articles it stands does not tell that, for long ones have nearly every word; so articles are taken for rows of
 * passages, and a word for one that stands in as many of them as it occurs.
 * @param meant what counts as the word where no article has it
 */
export async function leadWeightOf(
  { word, alternatives, count }: QueryWord,
  meant: readonly Expansion[],
  dictionary: TermDictionary,
): Promise<number> {
  const { documents, meanLength } = dictionary
  const gate = leadGate(meanLength)
  if (gate === 0) return 0
  const passages = (documents * meanLength) / PASSAGE_LENGTH
  const counts = await dictionary.totalTermFrequencies([word.term, ...alternatives])
  let occurrences = counts.reduce((sum, one) => sum + one, 0)
  if (occurrences === 0 && meant.length > 0)
    occurrences = Math.max(...(await dictionary.totalTermFrequencies(meant.map(({ term }) => term))))
  return gate * count * inverseDocumentFrequency(Math.min(occurrences, passages), passages)
}
