import { describe, expect, it } from 'vitest'
import { withSiteAddress } from '../../src/ingest/site-address.ts'
import { articleOf } from '../support/articles.ts'

describe('the address of an article on its site', () => {
  it.each([
    ['index.html', null, 'https://example.org/docs/'],
    ['a/index.html', null, 'https://example.org/docs/a/'],
    ['a/über uns.htm', null, 'https://example.org/docs/a/%C3%BCber%20uns.htm'],
    ['a/reindex.html', null, 'https://example.org/docs/a/reindex.html'],
    ['a.md', null, null],
    ['a/b.html', '/x', 'https://example.org/x'],
    ['a/b.html', 'c.html', 'https://example.org/docs/a/c.html'],
    ['a/feed.xml', 'c.html', 'https://example.org/docs/c.html'],
    ['a/b.html', 'https://anderswo.example/x', 'https://anderswo.example/x'],
  ])('%s that says %s', (path, url, expected) => {
    const article = articleOf({ id: path, url })
    expect(withSiteAddress(article, 'https://example.org/docs', path).url).toBe(expected)
    expect(withSiteAddress(article, 'https://example.org/docs/', path).url).toBe(expected)
  })
})
