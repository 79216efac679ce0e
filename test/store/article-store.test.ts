import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { publishDue } from '../../src/store/publish-due.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { analyzer, ask, indexOf } from '../support/memory-index.ts'
import { openStore } from '../support/stores.ts'

let store: ArticleStore
beforeEach(() => {
  store = openStore(temporaryFolder())
})

describe('articles', () => {
  test('a new one is added, the same changes nothing, another version is a change, another source is refused', () => {
    const [mine, theirs] = [store.files.save('/a.txt', null), store.files.save('/b.txt', null)]
    const article = articleOf({ id: 'x', text: 'eins', tags: ['t'] })
    expect(store.put(article, mine)).toEqual({ kind: 'added' })
    expect(store.put({ ...article }, mine)).toEqual({ kind: 'same' })
    expect(store.seqNo).toBe(1)
    expect(store.put({ ...article, tags: [] }, mine)).toEqual({ kind: 'changed' })
    expect(store.seqNo).toBe(3)
    const paged = { ...article, tags: [], structure: [{ kind: 'page', start: 0, number: 7 }] } as const
    expect([store.put(paged, mine), store.put(paged, mine)]).toEqual([{ kind: 'changed' }, { kind: 'same' }])
    expect(store.byId('x')?.structure).toEqual(paged.structure)
    expect(store.put({ ...article, text: 'zwei' }, theirs)).toEqual({ kind: 'taken', by: '/a.txt' })
    expect(store.put({ ...article, text: 'zwei' }, null)).toEqual({ kind: 'taken', by: '/a.txt' })
    expect(store.byId('x')?.tags).toEqual([])
    expect(store.articleCount).toBe(1)
  })

  test('tells whether any living one came from a file', () => {
    const source = store.files.save('/a.txt', null)
    store.putDocument(articleOf({ id: 'x' }))
    expect(store.hasFiles).toBe(false)
    store.put(articleOf({ id: 'y' }), source)
    expect(store.hasFiles).toBe(true)
    store.removeOfSource(source)
    expect(store.hasFiles).toBe(false)
  })

  test('that waits is no living one, holds its id, and leaves with its source', () => {
    const [mine, theirs] = [store.files.save('/a', null), store.files.save('/b', null)]
    const article = articleOf({ id: 'x', text: 'eins', structure: [{ kind: 'page', start: 0, number: 1 }] })
    expect(store.put(article, mine, { from: 100, until: 200 })).toEqual({ kind: 'waiting' })
    expect({ living: store.articleCount, seqNo: store.seqNo }).toEqual({ living: 0, seqNo: 0 })
    expect(store.put(article, theirs)).toEqual({ kind: 'taken', by: '/a' })
    expect(store.put(article, theirs, { from: 50, until: null })).toEqual({ kind: 'taken', by: '/a' })
    expect(publishDue(store, 99)).toMatchObject({ added: 0, removed: 0 })
    expect(publishDue(store, 100)).toMatchObject({ added: 1, removed: 0 })
    expect(store.byId('x')).toEqual(article)
    expect(store.due.next()).toBe(200)
    expect(publishDue(store, 200)).toMatchObject({ added: 0, removed: 1 })
    expect(store.leftOut.all()).toEqual([{ source: mine, state: 'expired', count: 1, named: [] }])

    store.put(article, mine, { from: 300, until: null })
    store.removeSource(mine)
    expect([store.due.next(), store.leftOut.all()]).toEqual([null, []])
    expect(store.put(article, theirs)).toEqual({ kind: 'added' })
  })

  test('that went while its end was still to come leaves its id to others, and does not take theirs along', () => {
    const [mine, theirs] = [store.files.save('/a', null), store.files.save('/b', null)]
    store.put(articleOf({ id: 'x', text: 'eins' }), mine, { from: null, until: 100 })
    store.removeOfSource(mine)
    expect(store.put(articleOf({ id: 'x', text: 'zwei' }), theirs)).toEqual({ kind: 'added' })
    expect(publishDue(store, 100)).toMatchObject({ added: 0, removed: 0 })
    expect(store.byId('x')?.text).toBe('zwei')
  })

  test('whose end has come before anybody looked never appear', () => {
    const source = store.files.save('/a', null)
    store.put(articleOf({ id: 'x' }), source, { from: 100, until: 200 })
    expect(publishDue(store, 200)).toEqual({ added: 0, removed: 0, more: false })
    expect([store.articleCount, store.seqNo]).toEqual([0, 0])
    expect(store.leftOut.all()).toEqual([{ source, state: 'expired', count: 1, named: [] }])
  })

  test('that went by themselves are counted for their source', () => {
    const source = store.files.save('/a', null)
    for (const id of ['x', 'y', 'z'])
      store.put(articleOf({ id }), source, { from: null, until: id === 'z' ? 200 : 100 })
    for (const [now, count] of [
      [100, 2],
      [200, 3],
    ] as const) {
      publishDue(store, now)
      expect(store.leftOut.all()).toEqual([{ source, state: 'expired', count, named: [] }])
    }
  })

  test('that is public at once, and for ever, is no longer due', () => {
    const source = store.files.save('/a', null)
    const article = articleOf({ id: 'x', text: 'eins' })
    store.put(article, source, { from: null, until: 100 })
    expect(store.put(article, source)).toEqual({ kind: 'same' })
    expect(store.due.next()).toBeNull()
  })

  test.each([
    ['title', { title: 'anders' }],
    ['text', { text: 'anders' }],
    ['url', { url: 'https://example.org/' }],
    ['date', { date: '2024-01-01' }],
    ['author', { author: 'Eva' }],
    ['language', { language: 'de' }],
    ['meta', { meta: { ort: 'Kursk' } }],
  ])('another %s is another version', (_, fields) => {
    store.put(articleOf({ id: 'x', text: 'eins' }), null)
    expect(store.put(articleOf({ id: 'x', text: 'eins', ...fields }), null)).toEqual({ kind: 'changed' })
  })

  test('removing those of a source spares the ones kept, and frees their ids for others', () => {
    const [mine, theirs] = [store.files.save('/a', null), store.files.save('/b', null)]
    for (const id of ['x', 'y', 'z']) store.put(articleOf({ id, text: id }), mine)
    store.put(articleOf({ id: 'fremd', text: 'f' }), theirs)
    expect(store.removeOfSource(mine, (id) => ['y', 'gibtsnicht'].includes(id))).toBe(2)
    expect(['x', 'y', 'z', 'fremd'].map((id) => store.byId(id)?.id)).toEqual([undefined, 'y', undefined, 'fremd'])
    expect(store.put(articleOf({ id: 'x', text: 'x' }), theirs)).toEqual({ kind: 'added' })
    expect(store.removeOfSource(mine)).toBe(1)
    expect(store.removeOfSource(mine)).toBe(0)
    expect(store.articleCount).toBe(2)
  })

  test('whatever strings they hold come back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }).map((string) => string.toWellFormed()),
      fc.constantFrom('\0', 'a\0b', '\ufeffx', '😀', "'; drop table article; --", '\u2028', 'ﬀ', ' ', ''),
    )
    const article = fc.record({
      id: text.filter((id) => id !== ''),
      title: text,
      text,
      url: fc.option(text),
      date: fc.constantFrom(null, '2024-03-03'),
      author: fc.option(text),
      tags: fc.array(text),
      language: fc.option(text),
      meta: fc.dictionary(fc.oneof(text, fc.constant('__proto__')), fc.oneof(text, fc.integer(), fc.array(text))),
    })
    fc.assert(
      fc.property(article, (given) => {
        store.put(given, null)
        expect(store.byId(given.id)).toEqual(given)
        expect(store.bySeqNo(store.seqNo)).toEqual(given)
        expect(store.put(given, null)).toEqual({ kind: 'same' })
        store.put({ ...given, title: `${given.title}!` }, null)
      }),
    )
  })

  test('rows never change: an index of an older state still finds the text it was made from', async () => {
    const old = articleOf({ id: 'x', text: 'Das Haus am Ufer' })
    store.put(old, null)
    const engine = new EmbeddedEngine(indexOf([old]), store, { analyzer, fingerprint: 'probe' })
    store.put({ ...old, text: 'Kurz' }, null)
    const { hits } = await ask(engine, 'Ufer')
    expect(hits[0]?.article).toEqual(old)
    expect(old.text.slice(hits[0]?.text.startOf(3), hits[0]?.text.endOf(3))).toBe('Ufer')
    expect((await engine.article('x'))?.text).toBe('Kurz')
  })
})
