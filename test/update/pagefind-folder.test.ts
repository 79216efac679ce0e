import { beforeEach, expect, it } from 'vitest'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { articlesIn, optionsFor, updated } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const PLAIN = '<title>Ohne</title><p>Ein Absatz ohne Marke.'
const MARKED = '<title>Mit</title><p>Davor<main data-pagefind-body><p>Der Kern'

it('leaves pages without a body out while any page of the folder has one; other formats stay', async () => {
  writeFiles(root, { 'a.html': PLAIN, 'b/index.html': PLAIN, 'c.md': '# Notiz\n\nText' })
  expect(await updated(cache, [root])).toBe('read 3 · +3 ~0 -0 · refused 0')

  writeFiles(root, { 'z.html': MARKED })
  const report = await update(optionsFor(cache, [root]))
  expect(articlesIn(cache)).toEqual({ 'c.md': 'Text', 'z.html': 'Der Kern' })
  expect(report.leftOut.counts).toEqual({ noindex: 2 })

  expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  expect(articlesIn(cache)).toEqual({ 'c.md': 'Text', 'z.html': 'Der Kern' })

  writeFiles(root, { 'z.html': PLAIN })
  expect(await updated(cache, [root])).toBe('read 3 · +2 ~1 -0 · refused 0')
  expect(Object.keys(articlesIn(cache))).toEqual(['a.html', 'b/index.html', 'c.md', 'z.html'])
})

it('is of a folder alone, and of pages that have a body, not of those that speak of one', async () => {
  const other = temporaryFolder()
  writeFiles(root, {
    'a.html': PLAIN,
    'b.html': '<p>So: &lt;main data-pagefind-body&gt;<!-- <p data-pagefind-body> -->',
  })
  writeFiles(other, { 'x.html': MARKED, 'y.html': PLAIN })
  await update(optionsFor(cache, [root, other]))
  expect(Object.keys(articlesIn(cache))).toEqual(['a.html', 'b.html', 'x.html'])
})

it('reads pages again when the address of their site changes', async () => {
  writeFiles(root, { 'a.html': PLAIN })
  expect(await updated(cache, [root])).toBe('read 1 · +1 ~0 -0 · refused 0')
  expect(await updated(cache, [root], { base: 'https://example.org/' })).toBe('read 1 · +0 ~1 -0 · refused 0')
  expect(await updated(cache, [root], { base: 'https://example.org/' })).toBe('read 0 · +0 ~0 -0 · refused 0')
})
