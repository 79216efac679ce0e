import type { ClusterIndex } from './cluster-index.ts'

/** What an index has of one change. */
interface Written<Source> {
  readonly seqNo: number
  readonly source: Source
}

/**
 * What a change after `position` brought to an index and no later one took away, in the order of the changes, a page at a time.
 * @param size of a page
 * @param source which parts of the documents are read; none for `false`
 */
export async function* writtenSince<Source>(
  { cluster, articles }: ClusterIndex,
  position: number,
  {
    size,
    source,
    signal,
  }: { readonly size: number; readonly source: readonly string[] | false; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<readonly Written<Source>[]> {
  for (let after = position; ; ) {
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
    const page = hits.hits.map(({ _source, fields }) => ({ seqNo: fields.seqNo[0], source: _source }))
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (page.length < size || last === undefined) return
    after = last.seqNo
  }
}
