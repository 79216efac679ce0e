import type { ClusterIndex, IndexState } from './cluster-index.ts'
import { SearchBatch, type SearchBody } from './search-batch.ts'

/** What is told about all articles of a state. */
export interface Statistics {
  readonly documents: number
  /** Articles with a title. */
  readonly titles: number
  /** The mean of the lengths that BM25 counts. */
  readonly meanLength: number
  /** Of the titles of articles that have one. */
  readonly meanTitleLength: number
  /** Different spellings. */
  readonly spellings: number
  /** Different terms. */
  readonly terms: number
  /** Canonical names of the fields that some article has a value of, by name. */
  readonly fields: readonly string[]
  /** Whether some articles may be equal to others. */
  readonly hasDuplicates: boolean
  /** Whether its articles lie in one shard: then counts of the same value are whole. */
  readonly isOneShard: boolean
}

/** How long the cluster keeps a state for a search that comes later. */
const KEEP_ALIVE = '10m'
/** More fields than these are searched and filtered by like others, but not listed. */
const FIELDS_MAX = 10_000

/** One state of an index, held by the cluster until nobody reads it any more. */
export class Snapshot {
  readonly state: IndexState
  readonly statistics: Statistics
  readonly index: ClusterIndex
  readonly #batch: SearchBatch
  readonly #points: Readonly<Record<'articles' | 'vocabulary', string>>
  #readers = 0
  #isReplaced = false

  private constructor(
    index: ClusterIndex,
    state: IndexState,
    points: Readonly<Record<'articles' | 'vocabulary', string>>,
    statistics: Statistics,
  ) {
    this.index = index
    this.state = state
    this.#batch = new SearchBatch(index.cluster)
    this.#points = points
    this.statistics = statistics
  }

  static async open(index: ClusterIndex, state: IndexState, signal?: AbortSignal): Promise<Snapshot> {
    const points = {
      articles: await pointIn(index, index.articles),
      vocabulary: await pointIn(index, index.vocabulary),
    }
    const bare = new Snapshot(index, state, points, NOTHING_KNOWN)
    return new Snapshot(index, state, points, await statisticsOf(bare, signal))
  }

  searchArticles<T>(body: SearchBody, signal?: AbortSignal): Promise<T> {
    return this.#batch.search<T>({ ...body, pit: { id: this.#points.articles, keep_alive: KEEP_ALIVE } }, signal)
  }

  searchVocabulary<T>(body: SearchBody, signal?: AbortSignal): Promise<T> {
    return this.#batch.search<T>({ ...body, pit: { id: this.#points.vocabulary, keep_alive: KEEP_ALIVE } }, signal)
  }

  /** See `SearchBatch`. */
  beforeNextRequest(gather: () => void): void {
    this.#batch.beforeNext(gather)
  }

  /** Lets `work` read it; the cluster keeps it as long. */
  async reading<T>(work: () => Promise<T>): Promise<T> {
    this.#readers += 1
    try {
      return await work()
    } finally {
      this.#readers -= 1
      if (this.#isReplaced) await this.#closeUnread()
    }
  }

  /** Nobody begins to read it any more. */
  async replace(): Promise<void> {
    this.#isReplaced = true
    await this.#closeUnread()
  }

  async #closeUnread(): Promise<void> {
    if (this.#readers > 0) return
    const body = { pit_id: Object.values(this.#points) }
    try {
      await this.index.cluster.send({ method: 'DELETE', path: '/_search/point_in_time', body, expected: [404] })
    } catch {
      // where the cluster cannot be told it forgets by itself
    }
  }
}

async function pointIn({ cluster }: ClusterIndex, name: string): Promise<string> {
  const { pit_id } = await cluster.body<{ pit_id: string }>({
    method: 'POST',
    path: `/${name}/_search/point_in_time`,
    query: { keep_alive: KEEP_ALIVE, allow_partial_pit_creation: false },
  })
  return pit_id
}

const NOTHING_KNOWN: Statistics = {
  documents: 0,
  titles: 0,
  meanLength: 0,
  meanTitleLength: 0,
  spellings: 0,
  terms: 0,
  fields: [],
  hasDuplicates: false,
  isOneShard: true,
}

interface StatisticsAnswer {
  readonly _shards: { readonly total: number }
  readonly hits: { readonly total: { readonly value: number } }
  readonly aggregations: {
    readonly length: { readonly value: number | null }
    readonly titled: { readonly doc_count: number; readonly mean: { readonly value: number | null } }
    readonly fields: { readonly buckets: readonly { readonly key: string }[] }
    readonly equal: { readonly buckets: readonly unknown[] }
  }
}

interface WordsAnswer {
  readonly hits: { readonly total: { readonly value: number } }
  readonly aggregations: { readonly forms: { readonly value: number } }
}

async function statisticsOf(snapshot: Snapshot, signal?: AbortSignal): Promise<Statistics> {
  const [articles, words] = await Promise.all([
    snapshot.searchArticles<StatisticsAnswer>(
      {
        size: 0,
        track_total_hits: true,
        aggs: {
          length: { avg: { field: 'length' } },
          titled: {
            filter: { range: { titleLength: { gt: 0 } } },
            aggs: { mean: { avg: { field: 'titleLength' } } },
          },
          fields: { terms: { field: 'filled', size: FIELDS_MAX } },
          equal: { terms: { field: 'content', size: 1, min_doc_count: 2 } },
        },
      },
      signal,
    ),
    snapshot.searchVocabulary<WordsAnswer>(
      {
        size: 0,
        track_total_hits: true,
        query: { range: { documents: { gt: 0 } } },
        aggs: { forms: { sum: { field: 'formCount' } } },
      },
      signal,
    ),
  ])
  const { length, titled, fields, equal } = articles.aggregations
  return {
    documents: articles.hits.total.value,
    titles: titled.doc_count,
    meanLength: length.value ?? 0,
    meanTitleLength: titled.mean.value ?? 0,
    spellings: words.aggregations.forms.value,
    terms: words.hits.total.value,
    fields: fields.buckets.map(({ key }) => key).sort(),
    // each shard counts its own articles
    hasDuplicates: equal.buckets.length > 0 || articles._shards.total > 1,
    isOneShard: articles._shards.total === 1,
  }
}
