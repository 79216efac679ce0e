import type { JsonRecord } from './json-record.ts'
import { PUBLIC, type Publication } from './publication.ts'

/** The tables of an export of Ghost. */
export interface GhostData {
  readonly posts?: readonly JsonRecord[]
  readonly tags?: readonly JsonRecord[]
  readonly users?: readonly JsonRecord[]
  readonly posts_tags?: readonly JsonRecord[]
  readonly posts_authors?: readonly JsonRecord[]
  readonly posts_meta?: readonly JsonRecord[]
}

/** The data of Ghost's export, `{db: [{data: …}]}`, or what lies in it; null for anything else. */
export function ghostData(object: JsonRecord): GhostData | null {
  const db = object['db']
  const data = Array.isArray(db) ? (db[0] as JsonRecord | null)?.['data'] : object['data']
  const found = (typeof data === 'object' && data !== null && !Array.isArray(data) ? data : object) as GhostData
  return Array.isArray(found.posts) && (Array.isArray(found.posts_tags) || Array.isArray(db)) ? found : null
}

/** Posts and pages of an export with the names of their tags and authors, which lie in other tables. */
export function ghostPosts(data: GhostData): { record: JsonRecord; publication: Publication }[] {
  const tags = namesById(data.tags)
  const users = namesById(data.users)
  const tagsOf = namesByPost(data.posts_tags, 'tag_id', tags)
  const authorsOf = namesByPost(data.posts_authors, 'author_id', users)
  return (data.posts ?? [])
    .filter((post) => typeof post === 'object' && post !== null)
    .map((post) => {
      const { title, html, plaintext, published_at, custom_excerpt, id, slug, visibility, status, type } = post
      const authors = authorsOf.get(id) ?? [users.get(post['author_id']) ?? '']
      const record = {
        ...{ id: id === undefined ? undefined : String(id), title, slug, type },
        ...{ html: html || plaintext, excerpt: custom_excerpt, published_at },
        ...{ tags: (tagsOf.get(id) ?? []).filter((name) => !name.startsWith('#')), author: authors.join(', ') },
      }
      return { record, publication: publicationOfPost({ status, visibility }) }
    })
}

/** Sent is what went to subscribers alone; a text for members is not public. */
function publicationOfPost({ status, visibility }: JsonRecord): Publication {
  if (status === 'sent') return { ...PUBLIC, state: 'private' }
  if (status === 'scheduled') return { ...PUBLIC, state: 'scheduled' }
  if (status !== 'published') return { ...PUBLIC, state: 'draft' }
  return { ...PUBLIC, state: visibility === undefined || visibility === 'public' ? null : 'private' }
}

function namesById(rows: readonly JsonRecord[] = []): Map<unknown, string> {
  return new Map(rows.map((row) => [row['id'], String(row['name'] ?? '')] as const))
}

function namesByPost(
  rows: readonly JsonRecord[] = [],
  column: string,
  names: ReadonlyMap<unknown, string>,
): Map<unknown, string[]> {
  const found = new Map<unknown, string[]>()
  const order = (row: JsonRecord): number => Number(row['sort_order'] ?? 0)
  for (const row of [...rows].sort((a, b) => order(a) - order(b))) {
    const name = names.get(row[column])
    if (name === undefined || name === '') continue
    const known = found.get(row['post_id'])
    if (known === undefined) found.set(row['post_id'], [name])
    else known.push(name)
  }
  return found
}
