import type { JsonRecord } from './json-record.ts'
import { PUBLIC, type Publication } from './publication.ts'
import { momentOf } from './publication-values.ts'

/** The tables of an export of Ghost; what is no row in them is not there. */
export interface GhostData {
  readonly posts: readonly JsonRecord[]
  readonly tags: readonly JsonRecord[]
  readonly users: readonly JsonRecord[]
  readonly posts_tags: readonly JsonRecord[]
  readonly posts_authors: readonly JsonRecord[]
}

/** The data of Ghost's export, `{db: [{data: …}]}`, or what lies in it; null for anything else. */
export function ghostData(object: JsonRecord): GhostData | null {
  const db = object['db']
  const data = Array.isArray(db) ? objectOf(db[0])?.['data'] : object['data']
  const found = objectOf(data) ?? object
  if (!Array.isArray(found['posts'])) return null
  if (!Array.isArray(found['posts_tags']) && !Array.isArray(db)) return null
  const rows = (table: keyof GhostData): JsonRecord[] => rowsOf(found[table])
  return {
    ...{ posts: rows('posts'), tags: rows('tags'), users: rows('users') },
    ...{ posts_tags: rows('posts_tags'), posts_authors: rows('posts_authors') },
  }
}

function rowsOf(table: unknown): JsonRecord[] {
  return Array.isArray(table) ? table.map(objectOf).filter((row) => row !== null) : []
}

function objectOf(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null
}

/** Posts and pages of an export with the names of their tags and authors, which lie in other tables. */
export function ghostPosts(data: GhostData): { record: JsonRecord; publication: Publication }[] {
  const tags = namesById(data.tags)
  const users = namesById(data.users)
  const tagsOf = namesByPost(data.posts_tags, 'tag_id', tags)
  const authorsOf = namesByPost(data.posts_authors, 'author_id', users)
  return data.posts.map((post) => {
    const { title, html, plaintext, published_at, custom_excerpt, id, slug, visibility, status, type } = post
    const authors = authorsOf.get(id) ?? [users.get(post['author_id']) ?? '']
    const record = {
      // where Ghost shows posts and pages unless its routes were changed
      ...{ id: wordOf(id) || undefined, title, slug, type, ...(wordOf(slug) && { url: `${wordOf(slug)}/` }) },
      ...{ html: html || plaintext, excerpt: custom_excerpt, published_at },
      ...{ tags: (tagsOf.get(id) ?? []).filter((name) => !name.startsWith('#')), author: authors.join(', ') },
    }
    return { record, publication: publicationOfPost({ status, visibility, published_at }) }
  })
}

/** The words of a cell; empty for what is none. */
function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Sent is what went to subscribers alone; a text for members is not public. */
function publicationOfPost({ status, visibility, published_at }: JsonRecord): Publication {
  if (status === 'sent') return { ...PUBLIC, state: 'private' }
  if (status !== 'published' && status !== 'scheduled') return { ...PUBLIC, state: 'draft' }
  if (visibility !== undefined && visibility !== 'public') return { ...PUBLIC, state: 'private' }
  if (status === 'published') return PUBLIC
  const from = momentOf(published_at)
  return from === null ? { ...PUBLIC, state: 'scheduled' } : { ...PUBLIC, from }
}

function namesById(rows: readonly JsonRecord[]): Map<unknown, string> {
  return new Map(rows.map((row) => [row['id'], wordOf(row['name'])] as const))
}

function namesByPost(
  rows: readonly JsonRecord[],
  column: string,
  names: ReadonlyMap<unknown, string>,
): Map<unknown, string[]> {
  const found = new Map<unknown, string[]>()
  const order = (row: JsonRecord): number => Number(wordOf(row['sort_order'])) || 0
  for (const row of [...rows].sort((a, b) => order(a) - order(b))) {
    const name = names.get(row[column])
    if (name === undefined || name === '') continue
    const known = found.get(row['post_id'])
    if (known === undefined) found.set(row['post_id'], [name])
    else known.push(name)
  }
  return found
}
