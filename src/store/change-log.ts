import type { Article } from '../article/article.ts'
import { type ArticleHead, articleOf, headOf } from './article-row.ts'
import type { StateTable } from './state-table.ts'
import type { Statements } from './statements.ts'

/** A change of the store. `seqNo` is that of the article: the change it was added with. */
export type Change =
  | { readonly kind: 'added'; readonly seqNo: number; readonly article: Article }
  | {
      readonly kind: 'removed'
      readonly seqNo: number
      /** The removal is a change with a number of its own. */
      readonly removalSeqNo: number
      /** The living version of the same article, which is among these changes too; null where it is gone. */
      readonly successor: number | null
    }

/**
 * The sequence of changes, read from the articles' own rows: each names the change it came with and the one it went with. So a
 * change can be told as long as its row has not been purged.
 */
export class ChangeLog {
  readonly #statements: Statements
  readonly #state: StateTable

  constructor(statements: Statements, state: StateTable) {
    this.#statements = statements
    this.#state = state
  }

  get seqNo(): number {
    return this.#state.get('change')
  }

  get purgedSeqNo(): number {
    return this.#state.get('purged')
  }

  /** Counts one change more, and gives its number. */
  next(): number {
    const seqNo = this.seqNo + 1
    this.#state.set('change', seqNo)
    return seqNo
  }

  article(seqNo: number): Article | undefined {
    const row = this.#statements.row<
      [id: string, title: string, text: string, rest: string, structure: string | null, document: string | null]
    >('select id, title, text, rest, structure, document from article where number = ?', seqNo)
    if (row === undefined) return undefined
    const [id, title, text, rest, structure, document] = row
    return articleOf({ id, title, text, rest, structure, document })
  }

  /** The same without its text. */
  head(seqNo: number): ArticleHead | undefined {
    const row = this.#statements.row<
      [id: string, title: string, rest: string, structure: string | null, document: string | null]
    >('select id, title, rest, structure, document from article where number = ?', seqNo)
    if (row === undefined) return undefined
    const [id, title, rest, structure, document] = row
    return headOf({ id, title, rest, structure, document })
  }

  /** A stretch of its text, from one byte of UTF-8 to another; empty where it is gone. */
  textPart(seqNo: number, start: number, end = Number.MAX_SAFE_INTEGER): string {
    const part = 'select substr(cast(text as blob), ?, ?) part from article where number = ?'
    return this.#statements.row<[part: Buffer]>(part, start + 1, end - start, seqNo)?.[0].toString('utf8') ?? ''
  }

  /** @param last of articles that were added later nothing is told */
  *after(seqNo: number, last: number): Generator<Change> {
    const rows = this.#statements.all<{ at: number; number: number; added: number; successor: number | null }>(
      `select number at, number, 1 added, null successor from article where number > ? and number <= ? and removed is null
       union all select removed, number, 0,
         (select living.number from article living where living.id = gone.id and living.removed is null)
       from article gone where removed > ? and number <= ?
       order by at`,
      seqNo,
      last,
      seqNo,
      seqNo,
    )
    for (const { at, number, added, successor } of rows) {
      if (added === 0) yield { kind: 'removed', seqNo: number, removalSeqNo: at, successor }
      else {
        const article = this.article(number)
        if (article !== undefined) yield { kind: 'added', seqNo: number, article }
      }
    }
  }

  removedAfter(seqNo: number, last: number): number[] {
    const gone = 'select number from article where number <= ? and removed > ? and removed <= ? order by number'
    return this.#statements.all<{ number: number }>(gone, seqNo, seqNo, last).map(({ number }) => number)
  }

  sizesAfter(seqNo: number): { readonly seqNo: number; readonly bytes: number }[] {
    return this.#statements.all(
      'select number seqNo, octet_length(title) + octet_length(text) + octet_length(rest) bytes from article where number > ? and removed is null order by number',
      seqNo,
    )
  }

  /** Deletes rows as `ArticleStore.purge` has it; within a transaction. */
  purge(seqNo: number, time: number): void {
    const last = this.#statements.get<{ last: number | null }>(
      'select max(removed) last from article where removed <= ? and removed_at < ?',
      seqNo,
      time,
    )?.last
    if (last === null || last === undefined) return
    this.#statements.run('delete from article where removed <= ? and removed_at < ?', seqNo, time)
    this.#state.set('purged', Math.max(last, this.purgedSeqNo))
  }
}
