import { gramsOf } from '../analysis/spelling/ngrams.ts'
import type { SimilarTerm } from '../search/engine/dictionary.ts'
import { gramRarity } from '../search/ranking/gram-rarity.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm, termOfStored } from './stored-terms.ts'

const SIMILARITY_MIN = 0.5
const SIMILAR_MAX = 50
/** Terms that are compared gram by gram: those that share most with the word. */
const COMPARED_MAX = 200

interface TermHit {
  readonly fields: { readonly term: readonly [string]; readonly documents: readonly [number] }
}

/** By the state of an index how many terms have each n-gram that was asked for. */
const known = new WeakMap<Snapshot, GramCounts>()

interface GramCounts {
  readonly counts: Map<string, number>
  terms: number
}

/** The terms of living articles that share most n-grams with a word, by what these tell. */
export async function similarTerms(
  snapshot: Snapshot,
  term: string,
  signal: AbortSignal | undefined,
): Promise<readonly SimilarTerm[]> {
  const own = gramsOf(term)
  if (own.length === 0) return []
  const rarity = await raritiesOf(snapshot, own, signal)
  const { hits } = await snapshot.searchVocabulary<{ hits: { hits: TermHit[] } }>(
    {
      size: COMPARED_MAX,
      query: {
        bool: {
          should: own.map((gram) => ({ constant_score: { filter: { term: { grams: gram } }, boost: rarity(gram) } })),
          minimum_should_match: 1,
          filter: [{ range: { documents: { gt: 0 } } }],
          must_not: [{ term: { term: storedTerm(term) } }],
        },
      },
      sort: [{ _score: 'desc' }, { term: 'asc' }],
      _source: false,
      docvalue_fields: ['term', 'documents'],
      track_total_hits: false,
    },
    signal,
  )
  const others = hits.hits.map(({ fields }) => {
    const other = termOfStored(fields.term[0])
    return { term: other, documents: fields.documents[0], grams: gramsOf(other) }
  })
  const told = await raritiesOf(snapshot, [...own, ...others.flatMap(({ grams }) => grams)], signal)
  const weight = (grams: readonly string[]): number => grams.reduce((sum, gram) => sum + told(gram), 0)
  const ownWeight = weight(own)
  return others
    .map(({ grams, ...other }) => {
      const common = weight(grams.filter((gram) => own.includes(gram)))
      return { ...other, similarity: common / Math.min(ownWeight, weight(grams)) }
    })
    .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
    .sort((a, b) => b.similarity - a.similarity || (a.term < b.term ? -1 : 1))
    .slice(0, SIMILAR_MAX)
}

/** How much n-grams tell. */
async function raritiesOf(
  snapshot: Snapshot,
  grams: readonly string[],
  signal: AbortSignal | undefined,
): Promise<(gram: string) => number> {
  const table = known.get(snapshot) ?? { counts: new Map<string, number>(), terms: 0 }
  known.set(snapshot, table)
  const missing = [...new Set(grams)].filter((gram) => !table.counts.has(gram))
  if (missing.length > 0) {
    const filters = missing.map((gram) => ({ term: { grams: gram } }))
    const { hits, aggregations } = await snapshot.searchVocabulary<{
      hits: { total: { value: number } }
      aggregations: { counts: { buckets: { doc_count: number }[] } }
    }>(
      {
        size: 0,
        track_total_hits: true,
        query: { range: { documents: { gt: 0 } } },
        aggs: { counts: { filters: { filters } } },
      },
      signal,
    )
    table.terms = hits.total.value
    for (const [at, { doc_count }] of aggregations.counts.buckets.entries())
      table.counts.set(missing[at] as string, doc_count)
  }
  return (gram) => gramRarity(table.counts.get(gram) as number, table.terms)
}
