import { describe, expect, it } from 'vitest'
import { readFile } from '../../src/ingest/read-file.ts'

/** What a file of JSON gives, in short: titles of articles, codes of refusals, states of what is left out. */
function readingsOf(value: unknown, path = 'export.json'): string[] | null {
  const result = readFile(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), path)
  if (result.kind === 'skipped') return null
  return [...result.readings].map((reading) => {
    if (reading.kind === 'unpublished') return reading.state
    return reading.kind === 'article' ? reading.article.title : reading.error.code
  })
}

describe('an export of Ghost', () => {
  const post = { id: 'p1', title: 'Post', html: '<p>Text</p>', status: 'published' }
  it.each([
    [{ posts: [], posts_tags: [], users: {} }, []],
    [{ posts: [], posts_tags: [null] }, []],
    [{ posts: [post, null, 'x'], posts_tags: [null, 7, []], tags: 'x', users: null }, ['Post']],
    [{ db: [{ data: { posts: [post], tags: null } }] }, ['Post']],
    [{ db: [{ data: { posts: [post], users: [{ id: 1, name: { toString: 1 } }] } }] }, ['Post']],
    [{ posts: [post], posts_tags: [{ post_id: 'p1', tag_id: 1, sort_order: { valueOf: 1, toString: 1 } }] }, ['Post']],
    [{ posts: [{ ...post, id: { toString: 1 } }], posts_tags: [] }, ['Post']],
    [{ db: [null] }, null],
  ])('%j gives %j', (value, expected) => {
    expect(readingsOf(value)).toEqual(expected)
  })

  it('has the names of tags and authors that are whole', () => {
    const tables = {
      ...{ posts: [post], tags: [null, { id: 1, name: 'Garten' }], posts_tags: [{ post_id: 'p1', tag_id: 1 }, null] },
      ...{ users: [{ id: 2, name: 'Änne' }], posts_authors: [false, { post_id: 'p1', author_id: 2 }] },
    }
    const result = readFile(Buffer.from(JSON.stringify({ db: [{ data: tables }] })), 'export.json')
    expect(result.kind === 'read' && [...result.readings]).toMatchObject([
      { article: { id: 'p1', tags: ['Garten'], author: 'Änne' } },
    ])
  })
})
