import type { Article } from '../article/article.ts'
import { NO_STRUCTURE, type StructureSource } from '../article/structure.ts'
import { hasNoSnippets, packStructure, unpackStructure } from './packed-structure.ts'

/** A row of the table `article`; its column `number` is the sequence number. */
export interface ArticleRow {
  readonly number: number
  readonly id: string
  readonly title: string
  readonly text: string
  readonly rest: string
  readonly structure: string | null
  readonly document: string | null
  readonly source: number | null
}

/** What of it an article is made of. */
type ArticleColumns = Omit<ArticleRow, 'number' | 'source'>

/** What the column `rest` holds; equal for equal articles, so that it tells whether one has changed. */
export function restOf({ url, date, author, tags, language, meta, values }: Article): string {
  return JSON.stringify({ url, date, author, tags, language, meta, values })
}

/** What the column `structure` holds. */
export const structureOf = ({ structure }: Article): string | null => packStructure(structure)

/** An article without its text. */
export interface ArticleHead {
  readonly fields: Omit<Article, 'text' | 'structure' | 'document'>
  /** Unpacked when it is asked for. */
  readonly structure: StructureSource
  /** See `Article.document`; null where it came from a file. */
  readonly document: string | null
}

/** What the column `rest` stands for. */
type Rest = Omit<Article, 'id' | 'title' | 'text' | 'structure' | 'document'>

export function headOf({ id, title, rest, structure, document }: Omit<ArticleColumns, 'text'>): ArticleHead {
  const fields = { id, title, ...(JSON.parse(rest) as Rest) }
  const read: StructureSource = (wanted) =>
    wanted === 'nosnippet' && !hasNoSnippets(structure) ? NO_STRUCTURE : unpackStructure(structure)
  return { fields, structure: read, document }
}

export function articleOf(row: ArticleColumns): Article {
  return {
    id: row.id,
    title: row.title,
    text: row.text,
    ...(JSON.parse(row.rest) as Rest),
    ...(row.structure !== null && { structure: unpackStructure(row.structure) }),
    ...(row.document !== null && { document: row.document }),
  }
}
