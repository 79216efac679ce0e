import { isTooLarge } from './cluster.ts'
import type { ClusterIndex } from './cluster-index.ts'

/** What an index has of one change. */
interface Written<Source> {
  readonly seqNo: number
  readonly source: Source
}

interface Asked {
  /** Of a page; fewer where they are large. */
  readonly size: number
  /** Which parts of the documents are read; none for `false`. */
  readonly source: readonly string[] | false
  readonly signal?: AbortSignal | undefined
}

/** What a change after `position` brought to an index and no later one took away, in the order of the changes, a page at a time. */
export async function* writtenSince<Source>(
  index: ClusterIndex,
  position: number,
  asked: Asked,
): AsyncGenerator<readonly Written<Source>[]> {
  for (let after = position, { size } = asked; ; ) {
    const page = await pageAfter<Source>(index, after, { ...asked, size })
    if (page === null) {
      size = Math.ceil(size / 2)
      continue
    }
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (page.length < size || last === undefined) return
    after = last.seqNo
  }
}

/** Null where fewer have to be asked for. */
async function pageAfter<Source>(
  { cluster, articles }: ClusterIndex,
  after: number,
  { size, source, signal }: Asked,
): Promise<readonly Written<Source>[] | null> {
  try {
    const { hits } = await cluster.body<{ hits: { hits: { _source: Source; fields: { seqNo: [number] } }[] } }>({
      method: 'POST',
      path: `/${articles}/_search`,
      query: { allow_partial_search_results: false },
      body: {
        size,
        track_total_hits: false,
        query: { range: { seqNo: { gt: after } } },
        sort: [{ seqNo: 'asc' }],
        docvalue_fields: ['seqNo'],
        _source: source,
      },
      ...(signal !== undefined && { signal }),
    })
    return hits.hits.map(({ _source, fields }) => ({ seqNo: fields.seqNo[0], source: _source }))
  } catch (error) {
    if (size > 1 && isTooLarge(error)) return null
    throw error
  }
}
