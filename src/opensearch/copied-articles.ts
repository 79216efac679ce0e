import { createHash } from 'node:crypto'
import type { Article } from '../article/article.ts'
import type { ClusterIndex } from './cluster-index.ts'
import { writtenSince } from './written-since.ts'

/** Articles read in one request, fewer where they are large. */
const PAGE = 200
const HASH_BYTES = 32

export interface CopiedArticle {
  readonly seqNo: number
  readonly article: Article
}

/** All articles of an index, in the order of their changes, a page at a time. They are read as they are stored, whatever analysis they were written by. */
export async function* articlesIn(index: ClusterIndex, signal?: AbortSignal): AsyncGenerator<CopiedArticle[]> {
  const asked = { size: PAGE, source: ['article'], signal }
  for await (const page of writtenSince<{ readonly article: string }>(index, 0, asked))
    yield page.map(({ seqNo, source }) => ({ seqNo, article: JSON.parse(source.article) as Article }))
}

/** Those of some articles, by the ids of their documents, that an index has, whether searches see them yet or not. */
export async function articlesOf(
  { cluster, articles }: ClusterIndex,
  documentIds: readonly string[],
): Promise<CopiedArticle[]> {
  const { docs } = await cluster.body<{
    docs: { found?: boolean; _version: number; _source: { article: string } }[]
  }>({ method: 'POST', path: `/${articles}/_mget`, body: { ids: documentIds } })
  return docs.flatMap(({ found, _version: seqNo, _source }) =>
    found === true ? [{ seqNo, article: JSON.parse(_source.article) as Article }] : [],
  )
}

/** Tells whether two collections have the same articles, in whatever order: how many there are, and what stands in them. */
export class ArticleChecksum {
  #count = 0
  readonly #sum = Buffer.alloc(HASH_BYTES)

  add(article: Article): void {
    this.#count += 1
    const hash = createHash('sha256')
      .update(JSON.stringify(inOrder(article)))
      .digest()
    // of articles with different ids none is another's opposite
    for (let at = 0; at < HASH_BYTES; at++) this.#sum[at] = (this.#sum[at] as number) ^ (hash[at] as number)
  }

  get count(): number {
    return this.#count
  }

  get text(): string {
    return this.#sum.toString('hex')
  }

  equals(other: ArticleChecksum): boolean {
    return this.#count === other.#count && this.#sum.equals(other.#sum)
  }
}

/** The same with its keys in one order: they are told in that in which they were written. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, inOrder(one)]),
  )
}
