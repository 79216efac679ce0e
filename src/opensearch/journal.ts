import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Article } from '../article/article.ts'
import { FundstelleError } from '../errors.ts'
import type { Change } from '../store/change-log.ts'
import { textLines } from '../text-lines.ts'
import type { CopiedArticle } from './copied-articles.ts'

/** An article as it is written, or the change that brought the one that goes. */
type Line = { readonly article: Article } | { readonly removed: number }

/** UTF-16 units of an article with all that it has: a cluster takes requests of 100 MB, and what is found by it comes on top. */
const ARTICLE_LENGTH_MAX = 20_000_000
/** Changes that are given on at once. */
const LOT = 500

/** Writes the changes that are decided on to a file, a line each, in their order. */
export class JournalWriter {
  readonly #stream: WriteStream
  #changes = 0

  constructor(path: string) {
    this.#stream = createWriteStream(path)
  }

  get changes(): number {
    return this.#changes
  }

  /** @throws FundstelleError `document_large` */
  async add(article: Article): Promise<void> {
    await this.#write({ article }, article.id)
  }

  /** @param seqNo of the change that brought it */
  async remove(seqNo: number): Promise<void> {
    await this.#write({ removed: seqNo }, '')
  }

  async end(): Promise<void> {
    this.#stream.end()
    await finished(this.#stream)
  }

  async #write(line: Line, id: string): Promise<void> {
    const json = JSON.stringify(line)
    if (json.length > ARTICLE_LENGTH_MAX)
      throw new FundstelleError('document_large', { id: id.slice(0, 100), got: json.length, max: ARTICLE_LENGTH_MAX })
    this.#changes += 1
    if (!this.#stream.write(`${json}\n`)) await once(this.#stream, 'drain')
  }
}

/**
 * The changes of a journal, some at a time.
 * @param position of the index before them: the first has the number after it
 */
export async function* journalledLots(
  path: string,
  position: number,
  charactersMax: number,
): AsyncGenerator<readonly Change[]> {
  let lot: Change[] = []
  let [seqNo, characters] = [position, 0]
  for await (const json of textLines(path)) {
    seqNo += 1
    const line = JSON.parse(json) as Line
    lot.push(
      'article' in line
        ? { kind: 'added', seqNo, article: line.article }
        : { kind: 'removed', seqNo: line.removed, removalSeqNo: seqNo, successor: null },
    )
    characters += json.length
    if (lot.length < LOT && characters < charactersMax) continue
    yield lot
    lot = []
    characters = 0
  }
  if (lot.length > 0) yield lot
}

/** Which articles a change replaces or removes; those that it has brought itself are replaced, too. */
export async function goneBy(lots: AsyncIterable<readonly Change[]>): Promise<(one: CopiedArticle) => boolean> {
  const [replaced, removed] = [new Set<string>(), new Set<number>()]
  for await (const lot of lots)
    for (const change of lot)
      if (change.kind === 'added') replaced.add(change.article.id)
      else removed.add(change.seqNo)
  return ({ seqNo, article }) => removed.has(seqNo) || replaced.has(article.id)
}
