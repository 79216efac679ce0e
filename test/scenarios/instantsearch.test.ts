import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { Meilisearch } from 'meilisearch-client'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOOK_SETTINGS, BOOKS, MASTER_KEY } from '../support/books.ts'
import { type HostSite, hostSite, noBrowser, withBrowser } from '../support/browser.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'
import { type Served, serveForAll } from '../support/program.ts'

// A shop's page as InstantSearch's guide has it, with Meilisearch's adapter, in a real browser on another origin.

const PAGE = (url: string, key: string): string => `
import instantsearch from 'instantsearch.js'
import { configure, searchBox, hits, refinementList, pagination, sortBy, stats } from 'instantsearch.js/es/widgets'
import { instantMeiliSearch } from '@meilisearch/instant-meilisearch'
const { searchClient } = instantMeiliSearch(${JSON.stringify(url)}, ${JSON.stringify(key)}, { finitePagination: true })
const search = instantsearch({ indexName: 'buecher', searchClient })
search.addWidgets([
  searchBox({ container: '#box' }),
  stats({ container: '#stats', templates: { text: ({ nbHits }) => nbHits + ' Treffer' } }),
  refinementList({ container: '#genre', attribute: 'genre' }),
  sortBy({ container: '#sort', items: [{ label: 'Beste', value: 'buecher' }, { label: 'Preis', value: 'buecher:preis:desc' }] }),
  hits({
    container: '#hits',
    templates: { item: (hit, { html, components }) => html\`<b class="titel">\${components.Highlight({ hit, attribute: 'titel' })}</b>\` },
  }),
  pagination({ container: '#pages' }),
  configure({ hitsPerPage: 3 }),
])
search.start()
`

let root: string
let served: Served
let site: HostSite
const browser = withBrowser()

beforeAll(async () => {
  if (noBrowser !== null) return
  root = makeFolder()
  const pages: Record<string, string> = {}
  site = await hostSite(pages)
  served = await serveForAll(join(root, 'cache'), { FUNDSTELLE_MASTER_KEY: MASTER_KEY }, '--allow-origin', site.origin)
  const client = new Meilisearch({ host: served.url, apiKey: MASTER_KEY })
  const index = client.index('buecher')
  await index.updateSettings(BOOK_SETTINGS)
  await index.addDocuments([...BOOKS]).waitTask()
  const { key } = await client.createKey({
    description: 'Seite',
    actions: ['search'],
    indexes: ['buecher'],
    expiresAt: null,
  })
  pages['/'] =
    `<!doctype html><html lang="de"><meta charset="utf-8"><title>Bücher</title><div id="box"></div><div id="stats"></div><div id="sort"></div><div id="genre"></div><div id="hits"></div><div id="pages"></div><script type="module">${await bundled(PAGE(served.url, key))}</script></html>`
})
afterAll(async () => {
  if (noBrowser !== null) return
  await served.end()
  await site.close()
  removeFolder(root)
})

async function bundled(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-test-'))
  try {
    writeFileSync(join(folder, 'page.js'), source)
    await build({
      stdin: { contents: source, resolveDir: process.cwd(), loader: 'js' },
      bundle: true,
      format: 'esm',
      minify: true,
      outfile: join(folder, 'out.js'),
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
    })
    return readFileSync(join(folder, 'out.js'), 'utf8').replaceAll('</script', '<\\/script')
  } finally {
    removeFolder(folder)
  }
}

const titles = (page: Page): Promise<string[]> => page.locator('.titel').allTextContents()

async function shows(page: Page, expected: readonly string[]): Promise<void> {
  await expect.poll(() => titles(page), { timeout: 20_000 }).toEqual(expected)
}

describe.skipIf(noBrowser !== null)('a page of InstantSearch', () => {
  test('searches while somebody types, marks, narrows down, sorts and turns pages', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(site.origin)
    await expect.poll(() => page.locator('#stats').textContent(), { timeout: 20_000 }).toBe('6 Treffer')
    expect(await titles(page)).toHaveLength(3)

    await page.locator('#box input').pressSequentially('wäld')
    await shows(page, ['Waldspaziergänge', 'Das Haus im Wald'])
    await expect
      .poll(() => page.locator('.titel mark').first().textContent(), { timeout: 20_000 })
      .toBe('Waldspaziergänge')
    await page.locator('#box input').fill('')
    await expect.poll(() => page.locator('#stats').textContent(), { timeout: 20_000 }).toBe('6 Treffer')

    await page.locator('#genre label', { hasText: 'Reise' }).click()
    await expect
      .poll(() => titles(page).then((all) => all.toSorted()), { timeout: 20_000 })
      .toEqual(['Schiffe der Nordsee', 'Waldspaziergänge'])
    await page.locator('#genre label', { hasText: 'Reise' }).click()

    await page.locator('#sort select').selectOption('buecher:preis:desc')
    await shows(page, ['Schiffe der Nordsee', 'Kochen mit Kürbissen', 'Waldspaziergänge'])
    await page.locator('#pages a', { hasText: '2' }).click()
    await shows(page, ['Der lange Sommer', 'Die Häuser am Hafen', 'Das Haus im Wald'])
    expect(complaints).toEqual([])
  })
})
