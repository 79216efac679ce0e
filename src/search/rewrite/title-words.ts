import type { TermDictionary } from '../engine/dictionary.ts'
import type { ResolvedWord, TitleTerm, TitleWord } from '../query/resolved-query.ts'
import type { QueryToken } from '../query/words.ts'
import { inverseDocumentFrequency } from '../ranking/bm25.ts'
import { WEIGHTS } from '../ranking/weights.ts'

/** Words of longer queries are no title that somebody typed. */
const TITLE_WORDS_MAX = 40
/** Of a word that was marked as a beginning thousands may be meant. */
const TERMS_MAX = 50

interface Stands {
  count: number
  readonly token: QueryToken
  /** By term. */
  readonly terms: Map<string, TitleTerm>
}

/**
 * The words of a query as titles are looked through for them: words that were joined are asked for apart, too, for each of them may be a title.
 * What only looks like a word is no title that was meant. None where no article has a title.
 */
export async function titleWordsOf(
  tokens: readonly QueryToken[],
  words: readonly ResolvedWord[],
  dictionary: TermDictionary,
): Promise<readonly TitleWord[]> {
  if (dictionary.titles === 0) return []
  const resolved = new Map(words.map((word) => [word.word.term, word]))
  const found = new Map<string, Stands>()
  for (const token of tokens.slice(0, TITLE_WORDS_MAX)) {
    const known = found.get(token.word.term)
    if (known !== undefined) known.count += 1
    else found.set(token.word.term, { count: 1, token, terms: termsOf(token, resolved.get(token.word.term)) })
  }
  for (const [at, token] of tokens.slice(0, TITLE_WORDS_MAX).entries()) {
    for (const { last, compound } of token.compoundReadings) {
      if (!resolved.has(compound.word.term)) continue
      const { term, key } = compound.word
      for (const member of tokens.slice(at, last + 1))
        found.get(member.word.term)?.terms.set(term, { term, strength: 1, key })
    }
  }
  const stands = [...found.values()]
  const counts = await frequenciesOf(stands, dictionary)
  return stands.map(({ count, token, terms }) => ({
    terms: [...terms.values()],
    weight: count * inverseDocumentFrequency(documentsWith(token, terms, counts), dictionary.titles),
  }))
}

function termsOf({ word, alternatives }: QueryToken, resolved: ResolvedWord | undefined): Map<string, TitleTerm> {
  const meant = (resolved?.expansions ?? []).filter(({ kind }) => kind !== 'similar').slice(0, TERMS_MAX)
  const stands: TitleTerm[] = [
    { term: word.term, strength: 1, key: word.key },
    ...alternatives.map((term) => ({ term, strength: WEIGHTS.part, key: word.key })),
    ...meant.map(({ term, weight }) => ({ term, strength: weight, key: null })),
  ]
  // of the same term the first is the best
  return new Map(stands.reverse().map((one) => [one.term, one]))
}

async function frequenciesOf(
  stands: readonly Stands[],
  dictionary: TermDictionary,
): Promise<ReadonlyMap<string, number>> {
  const terms = [...new Set(stands.flatMap(({ terms }) => [...terms.keys()]))]
  const counts = await dictionary.titleFrequencies(terms)
  return new Map(terms.map((term, at) => [term, counts[at] as number]))
}

/** How many titles have a word; where none has it, how many have what most of them have in its stead. */
function documentsWith(
  { word }: QueryToken,
  terms: ReadonlyMap<string, TitleTerm>,
  counts: ReadonlyMap<string, number>,
): number {
  const own = counts.get(word.term) ?? 0
  return own > 0 ? own : Math.max(0, ...Array.from(terms.keys(), (term) => counts.get(term) ?? 0))
}
