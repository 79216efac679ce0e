import type { Article } from '../article/article.ts'

/** A row of the table `article`; its column `number` is the sequence number. */
export interface ArticleRow {
  readonly number: number
  readonly id: string
  readonly title: string
  readonly text: string
  readonly rest: string
  readonly source: number | null
}

/** What the column `rest` holds; equal for equal articles, so that it tells whether one has changed. */
export function restOf({ url, date, author, tags, language, meta }: Article): string {
  return JSON.stringify({ url, date, author, tags, language, meta })
}

/** An article without its text. */
export function headOf({ id, title, rest }: Omit<ArticleRow, 'text'>): Omit<Article, 'text'> {
  return { id, title, ...(JSON.parse(rest) as Omit<Article, 'id' | 'title' | 'text'>) }
}

export function articleOf(row: ArticleRow): Article {
  return {
    id: row.id,
    title: row.title,
    text: row.text,
    ...(JSON.parse(row.rest) as Omit<Article, 'id' | 'title' | 'text'>),
  }
}
