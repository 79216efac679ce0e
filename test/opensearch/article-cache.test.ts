import { describe, expect, it } from 'vitest'
import { ArticleCache, BoundedMap } from '../../src/opensearch/article-cache.ts'

describe('what is kept of articles', () => {
  const lengths = () => new BoundedMap<string>(10, (text) => text.length)

  it('weighs no more than it may: what was used longest ago goes first', () => {
    const kept = lengths()
    kept.set(1, 'aaaa')
    kept.set(2, 'bbbb')
    expect(kept.get(1)).toBe('aaaa')
    kept.set(3, 'cccc')
    expect([kept.get(1), kept.get(2), kept.get(3)]).toEqual(['aaaa', undefined, 'cccc'])
  })

  it('keeps the newest whatever it weighs, and nothing beside it', () => {
    const kept = lengths()
    kept.set(1, 'aaaa')
    kept.set(2, 'b'.repeat(100))
    expect([kept.get(1), kept.get(2)?.length]).toEqual([undefined, 100])
    kept.set(3, 'c')
    expect([kept.get(2), kept.get(3)]).toEqual([undefined, 'c'])
  })

  it('weighs what is set again once', () => {
    const kept = lengths()
    for (let time = 0; time < 9; time++) kept.set(1, 'aaaa')
    kept.set(2, 'bbbb')
    expect([kept.get(1), kept.get(2)]).toEqual(['aaaa', 'bbbb'])
  })

  it('begins anew with another store, whose changes have the same numbers', () => {
    const cache = new ArticleCache()
    const table = cache.table('one')
    expect(cache.table('one')).toBe(table)
    const articles = cache.articles('one')
    expect(cache.table('other')).not.toBe(table)
    expect(cache.articles('other')).not.toBe(articles)
  })
})
