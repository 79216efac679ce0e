import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attributesOf, isMeant } from '../../src/documents/attributes.ts'
import { articleOfDocument, type DocumentMapping } from '../../src/documents/document-article.ts'
import { idOf, primaryKeyCandidates } from '../../src/documents/primary-key.ts'

const ALL: DocumentMapping = { primaryKey: 'id', searchable: null, valued: [] }

const articleOf = (document: Record<string, unknown>, mapping: Partial<DocumentMapping> = {}) =>
  articleOfDocument('1', JSON.stringify(document), document, { ...ALL, ...mapping })

describe('what a document is searched by', () => {
  test('German and English names tell its fields; all other words are found too', () => {
    const document = {
      id: 1,
      Titel: 'Der  Fluss',
      inhalt: '<p>Er fließt.</p><p>Weit &amp; breit.</p>',
      autorin: 'Anna Lang',
      schlagworte: ['Wasser', 'Natur'],
      datum: '2024-05-06',
      url: 'https://beispiel.de/fluss',
      sprache: 'de',
      preis: 12.5,
      neu: true,
      ort: { stadt: 'Köln', land: 'DE' },
    }
    expect(articleOf(document)).toEqual({
      id: '1',
      title: 'Der Fluss',
      text: 'Er fließt.\n\nWeit & breit.',
      url: 'https://beispiel.de/fluss',
      date: '2024-05-06',
      author: 'Anna Lang',
      tags: ['Wasser', 'Natur'],
      language: 'de',
      meta: { id: '1', preis: '12.5', 'ort.stadt': 'Köln', 'ort.land': 'DE' },
      values: {},
      document: JSON.stringify(document),
    })
  })

  test('only searched attributes are; the first of them is the title where none is named so', () => {
    const document = { id: 1, name2: 'Stuhl', farbe: 'rot', description: 'Ein Stuhl aus Holz.', geheim: 'Marge' }
    const article = articleOf(document, { searchable: ['name2', 'description', 'farbe'] })
    expect(article).toMatchObject({ title: 'Stuhl', text: 'Ein Stuhl aus Holz.', meta: { farbe: 'rot' } })
    expect(JSON.stringify({ ...article, document: '' })).not.toContain('Marge')
  })

  test('the attribute with most words is the text where nothing is named so; a list is none', () => {
    const document = {
      id: 1,
      name: 'A',
      comment: 'Ein Buch über die See',
      note: 'Kurz und gut',
      genre: ['x y z', 'b c d'],
    }
    expect(articleOf(document)).toMatchObject({
      title: 'A',
      text: 'Ein Buch über die See',
      meta: { note: 'Kurz und gut' },
    })
    expect(articleOf({ id: 1, farbe: 'rot', form: 'rund wie' })).toMatchObject({ text: '' })
  })

  test('ids are found, but those that nobody types', () => {
    expect(articleOf({ id: 'AB-1234', name: 'x' }).meta).toHaveProperty('id', 'AB-1234')
    expect(articleOf({ id: 'f0b2c6de-9e1a-4a54-8a2e-000000000001', name: 'x' }).meta).toEqual({})
  })

  test('a title is none where it is not searched', () => {
    expect(articleOf({ id: 1, title: 'A', text: 'B' }, { searchable: ['text'] })).toMatchObject({
      title: '',
      text: 'B',
    })
  })

  test('moments in seconds and milliseconds are dates; what is no date is none', () => {
    expect(articleOf({ date: 1_700_000_000 }).date).toBe('2023-11-14T22:13:20.000Z')
    expect(articleOf({ date: 1_700_000_000_000 }).date).toBe('2023-11-14T22:13:20.000Z')
    expect(articleOf({ date: 'gestern' }).date).toBeNull()
    expect(articleOf({ date: 1e300 }).date).toBeNull()
  })

  test('an address that runs something is none', () => {
    expect(articleOf({ url: 'javascript:alert(1)' }).url).toBeNull()
  })
})

describe('what a document is filtered by', () => {
  test('values lie under their paths; lists give all of theirs, null and what is empty none', () => {
    const document = {
      id: 1,
      genre: ['a', 'b'],
      info: { comment: 'x', n: 3 },
      ja: true,
      leer: [],
      nichts: null,
      liste: [{ k: 1 }, { k: [2, 'z'] }],
      egal: 9,
    }
    expect(articleOf(document, { valued: ['genre', 'info', 'ja', 'leer', 'nichts', 'liste.k'] }).values).toEqual({
      genre: ['a', 'b'],
      'info.comment': ['x'],
      'info.n': [3],
      ja: ['true'],
      leer: [],
      nichts: [],
      'liste.k': [1, 2, 'z'],
    })
  })

  test.each([
    ['info.comment', 'info', true],
    ['information', 'info', false],
    ['info', 'info.comment', false],
    ['info.comment', 'info.*', true],
    ['a.preis', '*preis', true],
    ['x', '*', true],
  ])('%s is meant by %s: %s', (path, name, isSo) => {
    expect(isMeant(path, name)).toBe(isSo)
  })

  test('no document is too much, whatever its names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 12 })), (document) => {
        const article = articleOf(document, { valued: ['*'] })
        expect(article.document).toBe(JSON.stringify(document))
        expect(Object.keys(article.values ?? {}).sort()).toEqual([...attributesOf(document).keys()].sort())
      }),
    )
    const named = JSON.parse('{"__proto__":"a","constructor":{"prototype":"b"}}') as Record<string, unknown>
    expect(articleOf(named, { valued: ['*'] }).meta).toHaveProperty('constructor.prototype'.split('.').join('.'))
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })
})

describe('ids', () => {
  test.each([
    [{ id: 1 }, '1'],
    [{ id: 'a-B_9' }, 'a-B_9'],
    [{ id: '007' }, '007'],
  ])('%j', (document, id) => {
    expect(idOf(document, 'id', false)).toBe(id)
  })

  test.each([
    [{}, 'missing'],
    [{ id: 'a b' }, 'wrong'],
    [{ id: 'ä' }, 'wrong'],
    [{ id: 1.5 }, 'wrong'],
    [{ id: null }, 'wrong'],
    [{ id: [1] }, 'wrong'],
    [{ id: '' }, 'wrong'],
    [{ id: 'x'.repeat(512) }, 'wrong'],
  ])('%j has none: %s', (document, kind) => {
    expect(idOf(document, 'id', false)).toMatchObject({ kind })
  })

  test('an index of files takes any text that is no way out of a folder', () => {
    expect(idOf({ id: 'seiten/über uns.md' }, 'id', true)).toBe('seiten/über uns.md')
    expect(idOf({ id: '..' }, 'id', true)).toMatchObject({ kind: 'wrong' })
  })

  test('may lie deeper', () => {
    expect(idOf({ meta: { nr: 5 } }, 'meta.nr', false)).toBe('5')
    expect(idOf({ 'meta.nr': 6 }, 'meta.nr', false)).toBe('6')
  })

  test('names that end in id are candidates', () => {
    expect(primaryKeyCandidates({ id: 1, postID: 2, title: 3, idee: 4 })).toEqual(['id', 'postID'])
  })
})
