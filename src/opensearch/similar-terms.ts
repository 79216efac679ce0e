import { gramsOf } from '../analysis/spelling/ngrams.ts'
import type { SimilarTerm } from '../search/engine/dictionary.ts'
import { COMMON_GRAM, LOOKED_THROUGH, NEIGHBOURS_MAX, SIMILARITY_MIN } from '../search/ranking/likeness.ts'
import type { Query } from './filter-query.ts'
import { LISTS_REMEMBERED, RememberedAnswers } from './gathered-lookups.ts'
import { NOTHING_STORED } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm, termOfStored } from './stored-terms.ts'
import { type GramCount, TermFrequencies } from './term-frequencies.ts'

/** Terms that are compared gram by gram: of more, those that are most alike as far as their lengths tell. */
const COMPARED_MAX = 400

/** About how alike a term is: the weight of its grams is guessed from how many it has. */
const LIKENESS = "_score / Math.min(params.own, Math.max(1, doc['termLength'].value - 1) * params.mean)"

interface TermHit {
  readonly fields: { readonly term: readonly [string]; readonly documents: readonly [number] }
}

const known = new WeakMap<Snapshot, RememberedAnswers<readonly SimilarTerm[]>>()

/** The terms of living articles that share most n-grams with a word, by what these tell. */
export function similarTerms(snapshot: Snapshot, term: string): Promise<readonly SimilarTerm[]> {
  const remembered = known.get(snapshot) ?? new RememberedAnswers(LISTS_REMEMBERED)
  known.set(snapshot, remembered)
  return remembered.of(term, () => lookUp(snapshot, term))
}

async function lookUp(snapshot: Snapshot, term: string): Promise<readonly SimilarTerm[]> {
  const own = gramsOf(term)
  if (own.length === 0) return []
  const grams = new Grams(snapshot)
  await grams.read(own)
  const weightOf = (names: readonly string[]): number => names.reduce((sum, gram) => sum + grams.rarity(gram), 0)
  const ownWeight = weightOf(own)
  const lookedThrough = rarest(own, grams, ownWeight)
  if (lookedThrough.length === 0) return []
  const weighed = own.map((gram) => ({
    constant_score: { filter: { term: { grams: gram } }, boost: grams.rarity(gram) },
  }))
  const query: Query = {
    bool: {
      should: weighed,
      filter: [{ terms: { grams: lookedThrough } }, { range: { documents: { gt: 0 } } }],
      must_not: [{ term: { term: storedTerm(term) } }],
    },
  }
  const script = { source: LIKENESS, params: { own: ownWeight, mean: ownWeight / own.length } }
  const { hits } = await snapshot.searchVocabulary<{ hits: { hits: TermHit[] } }>({
    size: COMPARED_MAX,
    query: { script_score: { query, script } },
    sort: [{ _score: 'desc' }, { term: 'asc' }],
    ...NOTHING_STORED,
    docvalue_fields: ['term', 'documents'],
    track_total_hits: false,
  })
  const others = hits.hits.map(({ fields }) => {
    const other = termOfStored(fields.term[0])
    return { term: other, documents: fields.documents[0], grams: gramsOf(other) }
  })
  await grams.read(others.flatMap((other) => other.grams))
  const ownGrams = new Set(own)
  return others
    .map(({ grams: names, ...other }) => {
      const common = weightOf(names.filter((gram) => ownGrams.has(gram)))
      return { ...other, similarity: common / Math.min(ownWeight, weightOf(names)) }
    })
    .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
    .sort((a, b) => b.similarity - a.similarity || (a.term < b.term ? -1 : 1))
    .slice(0, NEIGHBOURS_MAX)
}

/** The grams that are looked through for other terms that have them: the rarest, until little is left, and none that very many terms have. */
function rarest(own: readonly string[], grams: Grams, weight: number): string[] {
  const known = own
    .filter((gram) => grams.terms(gram) > 0)
    .map((gram) => ({ gram, rarity: grams.rarity(gram) }))
    .sort((a, b) => b.rarity - a.rarity || (a.gram < b.gram ? -1 : 1))
  let left = known.reduce((sum, { rarity }) => sum + rarity, 0)
  return known.flatMap(({ gram, rarity }) => {
    if (left < LOOKED_THROUGH * weight || grams.terms(gram) > COMMON_GRAM) return []
    left -= rarity
    return [gram]
  })
}

/** What n-grams tell that were read. */
class Grams {
  readonly #frequencies: TermFrequencies
  readonly #counts = new Map<string, GramCount>()

  constructor(snapshot: Snapshot) {
    this.#frequencies = TermFrequencies.of(snapshot)
  }

  async read(grams: readonly string[]): Promise<void> {
    const missing = new Set<string>()
    for (const gram of grams) {
      if (this.#counts.has(gram) || missing.has(gram)) continue
      const known = this.#frequencies.gramKnown(gram)
      if (known === undefined) missing.add(gram)
      else this.#counts.set(gram, known)
    }
    if (missing.size === 0) return
    const asked = [...missing]
    const counts = await this.#frequencies.grams(asked)
    for (const [at, gram] of asked.entries()) this.#counts.set(gram, counts[at] as GramCount)
  }

  /** How many terms of living articles have one. */
  terms(gram: string): number {
    return (this.#counts.get(gram) as GramCount).terms
  }

  /** How much it tells. */
  rarity(gram: string): number {
    return (this.#counts.get(gram) as GramCount).rarity
  }
}
