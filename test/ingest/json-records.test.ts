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

  it('has what is planned appear at its moment', () => {
    const planned = { ...post, status: 'scheduled', published_at: '2999-01-01T10:30:00.000Z' }
    const posts = [planned, { ...planned, published_at: null }, { ...planned, visibility: 'members' }]
    const result = readFile(Buffer.from(JSON.stringify({ db: [{ data: { posts } }] })), 'export.json')
    expect(result.kind === 'read' && [...result.readings]).toMatchObject([
      { kind: 'article', from: Date.UTC(2999, 0, 1, 10, 30) },
      { state: 'scheduled' },
      { state: 'private' },
    ])
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

describe('what an object says of its publication holds for the records in it', () => {
  const article = { title: 'Geheim', body: 'Ein Text.' }
  it.each([
    [[{ id: 1, status: 'draft', content: article }], ['draft']],
    [{ items: [{ published: false, item: article }] }, ['draft']],
    [{ '@type': 'WebPage', creativeWorkStatus: 'Draft', mainEntity: { '@type': 'Article', ...article } }, ['draft']],
    [{ draft: true, articles: [article, article] }, ['draft', 'draft']],
    [{ meta: { draft: true }, data: { results: [article] } }, ['draft']],
    [{ deleted: true, data: [{ draft: true, item: article }] }, ['deleted']],
    [{ draft: true, '@graph': [{ '@type': 'Article', ...article }] }, ['draft']],
    [{ draft: true, posts: [{ ...article, status: 'published' }], posts_tags: [] }, ['draft']],
    [{ status: 'ok', published: true, articles: [article, { ...article, draft: true }] }, ['Geheim', 'draft']],
    [
      [{ draft: true, item: article }, { item: article }],
      ['draft', 'Geheim'],
    ],
  ])('%j gives %j', (value, expected) => {
    expect(readingsOf(value)).toEqual(expected)
  })

  it('moments are those of both', () => {
    const value = { publishAt: '2030-01-01T00:00:00Z', items: [{ ...article, expires: '2031-01-01T00:00:00Z' }] }
    const result = readFile(Buffer.from(JSON.stringify(value)), 'export.json')
    expect(result.kind === 'read' && [...result.readings]).toMatchObject([
      { kind: 'article', from: Date.UTC(2030, 0), until: Date.UTC(2031, 0) },
    ])
  })
})

describe('no record is lost without a word', () => {
  const [a, b] = [
    { title: 'A', text: 'Eins.' },
    { title: 'B', text: 'Zwei.' },
  ]
  it.each([
    [{ posts: [a], pages: [b] }, ['A', 'B']],
    [{ data: { news: [a] }, items: [b], total: 2 }, ['A', 'B']],
    [{ posts: [], pages: [b] }, ['B']],
    [
      [a, { title: 'Leer', text: '' }, { title: 'C', text: ['Drei.', 'Vier.'] }],
      ['A', 'Leer', 'C'],
    ],
    [
      [a, { breite: 3 }, {}, b],
      ['A', 'article_empty', 'article_empty', 'B'],
    ],
    [
      [a, { breite: 3, status: 'draft' }],
      ['A', 'draft'],
    ],
    [{ draft: true, items: [a, { titel: 'Ohne Text' }] }, ['draft', 'draft']],
    [[a, null, 3, 'Wort', [], { '@type': 'Organization', logo: 'x' }, { $schema: 'x', title: 'y' }], ['A']],
    [[{ breite: 3 }, {}], null],
    [
      { data: [{ type: 'node--article', id: 'u', attributes: { title: 'D', body: { processed: '<p>x</p>' } } }] },
      ['D'],
    ],
    [[{ nid: [{ value: 1 }], title: [{ value: 'D' }], body: [{ value: 'x', summary: '' }] }], ['D']],
    [[{ nid: [{ value: 1 }], status: [{ value: false }], title: [{ value: 'D' }], body: [{ value: 'x' }] }], ['draft']],
    [{ '@type': 'Article', headline: { '@value': 'L' }, articleBody: { '@value': 'x', '@language': 'de' } }, ['L']],
  ])('%j gives %j', (value, expected) => {
    expect(readingsOf(value)).toEqual(expected)
  })

  it('a record beyond what can be read costs only itself', () => {
    const rest = {
      title: { rendered: 'T' },
      content: { rendered: 'x' },
      _embedded: { author: [{ name: { toString: 1 } }] },
    }
    expect(readingsOf([a, rest, b])).toEqual(['A', 'path_unreadable', 'B'])
    expect(readingsOf([a, rest, b].map((one) => JSON.stringify(one)).join('\n'), 'export.jsonl')).toEqual([
      ...['A', 'path_unreadable', 'B'],
    ])
  })

  it('takes what is shown of a body, and paragraphs', () => {
    const body = { value: 'x [[y]]', format: 'wiki', processed: '<p>Ein <b>Text</b>.</p>', summary: 'Kurz' }
    const value = [
      { title: 'D', body },
      { title: 'P', text: ['Drei.', 'Vier.'] },
    ]
    const read = (text: string, path: string): unknown => {
      const result = readFile(Buffer.from(text), path)
      return result.kind === 'read' && [...result.readings]
    }
    expect(read(JSON.stringify(value), 'export.json')).toMatchObject([
      { article: { text: 'Ein Text.', meta: { 'body.summary': 'Kurz' } } },
      { article: { text: 'Drei.\n\nVier.' } },
    ])
    expect(read(JSON.stringify(value[0]), 'export.jsonl')).toMatchObject([
      { article: { title: 'D', text: 'Ein Text.' } },
    ])
  })
})

describe("the index of a site's search is no list of articles", () => {
  const doc = { location: 'a/#b', title: 'A', text: 'Ein Text.' }
  const page = { objectID: 'a.html', href: 'a.html', title: 'A', section: '', text: 'Ein Text.' }
  const lunr = { version: '2.3.9', fields: ['title'], fieldVectors: [], invertedIndex: [] }
  it.each([
    [{ config: { lang: ['de'], separator: '-' }, docs: [doc, doc] }, 'export.json', ['part']],
    [{ config: {}, items: [{ ...doc, level: 1 }] }, 'export.json', ['part']],
    [{ index: lunr, documents: [{ title: 'A', text: 'x' }] }, 'export.json', ['part']],
    [[{ index: lunr, docs: [{ title: 'A', text: 'x' }] }], 'export.json', ['part']],
    [[page, page], 'export.json', ['part']],
    [[{ title: 'A', text: 'x' }], 'public/search_index.de.json', ['part']],
    [[{ title: 'A', text: 'x' }], 'search-data.json', ['part']],
    [[{ title: 'A', text: 'x' }], 'research-index.json', ['A']],
    [[{ title: 'A', text: 'x' }], 'search.json', ['A']],
    [{ config: { breite: 3 }, docs: [{ title: 'A', text: 'x' }] }, 'export.json', ['A']],
    [{ docs: [doc] }, 'export.json', ['A']],
    [{ index: { seite: 1 }, items: [{ title: 'A', text: 'x' }] }, 'export.json', ['A']],
    [[page, { title: 'B', text: 'x' }], 'export.json', ['A', 'B']],
  ])('%j in %s gives %j', (value, path, expected) => {
    expect(readingsOf(value, path)).toEqual(expected)
  })
})

it.each([
  [{ guid: 'g1' }, 'g1'],
  [{ uuid: 'u1' }, 'u1'],
  [{ uuid: [{ value: 'u1' }] }, 'u1'],
  [{ guid: 'g1', uuid: 'u1' }, 'g1'],
  [{ id: 7, guid: 'g1' }, '7'],
  [{ ID: 7, guid: 'g1' }, '7'],
  [{ id: ' ', uuid: 'u1' }, 'u1'],
  [{ id: null, _id: 'm1' }, 'm1'],
  [{ guid: { rendered: 'https://a.example/?p=1' } }, 'export.json#1'],
  [{ uuid: '' }, 'export.json#1'],
])('%j names the record %j', (fields, id) => {
  const text = JSON.stringify([{ title: 'A', text: 'x', ...fields }])
  const result = readFile(Buffer.from(text), 'export.json')
  expect(result.kind === 'read' && [...result.readings]).toMatchObject([{ article: { id } }])
})

describe('what is no article yet, where each language says it by itself', () => {
  const record = { id: '1', title: { de: 'Satzung', en: 'Statutes' }, content: { de: 'Worte des Textes' } }
  it.each([
    [{ draft: { de: true } }, 'draft'],
    [{ published: { de: false } }, 'draft'],
    [{ draft: { de: false } }, 'Satzung'],
    [{ fields: { ...record, status: { 'de-DE': 'draft' } } }, 'draft'],
  ])('%j gives %s', (said, expected) => {
    expect(readingsOf([{ ...record, ...said }])).toEqual([expected])
  })
})

describe('drafts beside what is published', () => {
  const body = [{ _type: 'block', children: [{ _type: 'span', text: 'Worte des Textes' }] }]
  const entry = (sys: object): object => ({
    sys: { id: 'c1', type: 'Entry', ...sys },
    fields: { title: { 'de-DE': 'Eintrag' }, body: { 'de-DE': 'Worte des Textes' } },
  })
  it.each([
    ['of Sanity', { _id: 'drafts.a1', _type: 'post', title: 'Eintrag', body }, 'draft'],
    ['of a release of Sanity', { _id: 'versions.r1.a1', _type: 'post', title: 'Eintrag', body }, 'draft'],
    ['not what has no such id', { _id: 'a1', _type: 'post', title: 'Eintrag', body }, 'Eintrag'],
    ['of Contentful', entry({ version: 3 }), 'draft'],
    ['put away in Contentful', entry({ version: 3, publishedVersion: 2, archivedVersion: 3 }), 'hidden'],
    ['not what is published there', entry({ version: 3, publishedVersion: 2 }), 'Eintrag'],
    ['nor what its delivery API gives out', entry({ revision: 3 }), 'Eintrag'],
  ])('%s', (_, record, expected) => {
    expect(readingsOf([record])).toEqual([expected])
  })
})
