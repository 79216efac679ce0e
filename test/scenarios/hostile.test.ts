import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostSite, hostSite, noBrowser, withBrowser } from '../support/browser.ts'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'
import { run, type Served, serveForAll } from '../support/program.ts'

/** What an article may hold to do harm; each is found by `zielwort` beside it. */
const HARM: Readonly<Record<string, string>> = {
  script: '<script>window.harmed=1</script>',
  'closed script': '</script><script>window.harmed=1</script>',
  onerror: '<img src=x onerror="window.harmed=1">',
  'an attribute that ends': '"><svg onload=window.harmed=1>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the harm
  'a template': '${window.harmed=1}{{constructor.constructor("window.harmed=1")()}}',
  'our own tags': '<mark>falsch</mark>\ue000falsch\ue001',
  'the other direction': '\u202eniew\u202d\u2066',
  'ten thousand letters': 'x'.repeat(10_000),
  'nothing to see': '\u200b\u200d\ufeff\u00ad'.repeat(200),
  'half a character': '\ud83d',
  comment: '<!--',
}

const FIELDS = ['id', 'title', 'text', 'url', 'author', 'tags', 'meta key', 'meta value', 'language'] as const

/** An article with harm in one field; title and text have the word that is searched. */
function articleWith(field: (typeof FIELDS)[number], harm: string, number: number): Record<string, unknown> {
  const article: Record<string, unknown> = {
    id: `a${number}`,
    title: `Titel zielwort ${number}`,
    text: `Text zielwort ${number}`,
    date: '2024-01-01',
  }
  if (field === 'title' || field === 'text') article[field] = `zielwort ${harm} danach zielwort`
  else if (field === 'id') article['id'] = `${number}${harm}`.slice(0, 900)
  else if (field === 'url') article['url'] = `javascript:window.harmed=1;//${harm}`
  else if (field === 'tags') article['tags'] = [harm, 'gemeinsam']
  else if (field === 'meta key') article['meta'] = { [harm]: 'gemeinsam' }
  else if (field === 'meta value') article['meta'] = { ort: harm }
  else article[field] = harm
  return article
}

const articles = FIELDS.flatMap((field) => Object.values(HARM).map((harm) => ({ field, harm }))).map(
  ({ field, harm }, number) => ({ field, article: articleWith(field, harm, number) }),
)

let served: Served
let site: HostSite
let root = ''
const browser = withBrowser()

beforeAll(async () => {
  if (noBrowser !== null) return
  root = makeFolder()
  const lines = articles.map(({ article }) => JSON.stringify(article)).join('\n')
  writeFiles(root, { 'alle.jsonl': lines })
  const cache = join(root, 'cache')
  const indexed = await run(['index', '--cache', cache, join(root, 'alle.jsonl')])
  expect(indexed.out).toContain(`${articles.length} im Index`)
  const pages: Record<string, string> = {}
  site = await hostSite(pages)
  served = await serveForAll(cache, '--allow-origin', site.origin)
  pages['/'] =
    `<!doctype html><html lang="de"><title>Andere Seite</title><script src="${served.url}/embed.js" defer></script><body><main><h1>Start</h1><fundstelle-suche limit="100"></fundstelle-suche><p>zielwort danach</p></main></body></html>`
})
afterAll(async () => {
  await served?.end()
  await site?.close()
  if (root !== '') removeFolder(root)
})

/** Whether anything ran, led astray, or was made by what an article holds. */
async function damage(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document]
    for (const one of document.querySelectorAll('*')) if (one.shadowRoot !== null) roots.push(one.shadowRoot)
    const all = roots.flatMap((one) => [...one.querySelectorAll('*')])
    return {
      harmed: 'harmed' in window,
      scripts: all.filter((one) => one.tagName === 'SCRIPT' && (one as HTMLScriptElement).src === '').length,
      foreign: all.filter((one) => ['IMG', 'IFRAME', 'OBJECT'].includes(one.tagName)).length,
      handlers: all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on')).length,
      links: all.map((one) => one.getAttribute('href') ?? '').filter((href) => /^\s*javascript:/i.test(href)).length,
      forged: all.filter((one) => one.tagName === 'MARK' && /falsch/.test(one.textContent ?? '')).length,
      wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }
  })
}
const UNHARMED = { harmed: false, scripts: 0, foreign: 0, handlers: 0, links: 0, forged: 0, wide: false }

describe.skipIf(noBrowser !== null)(`hostile articles${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  test.each(FIELDS)('in the field %s break no page of an article', async (field) => {
    const { page, complaints } = await browser.open({ viewport: { width: 320, height: 640 } })
    for (const { article } of articles.filter((one) => one.field === field)) {
      const id = encodeURIComponent(String(article['id']).toWellFormed())
      const response = await page.goto(`${served.url}/articles/${id}?q=zielwort`)
      expect(response?.status()).toBe(200)
      expect(await damage(page)).toEqual(UNHARMED)
      expect(await page.getByRole('link', { name: 'Zur Suche' }).isVisible()).toBe(true)
    }
    expect(complaints).toEqual([])
  })

  test.each([0, 1, 2, 3, 4])('break no page of hits: page %i', async (number) => {
    const { page, complaints } = await browser.open({ viewport: { width: 320, height: 640 } })
    await page.goto(`${served.url}/?q=zielwort&page=${number + 1}`)
    expect(await page.locator('#hits > li').count()).toBeGreaterThan(0)
    expect(await damage(page)).toEqual(UNHARMED)
    // nor while typing, where hits come by script
    await page.locator('#q').fill('zielwort titel')
    await page.waitForURL(/titel/)
    await expect.poll(() => page.title()).toBe('zielwort titel – Suche')
    expect(await damage(page)).toEqual(UNHARMED)
    expect(complaints).toEqual([])
  })

  test('break no box', async () => {
    const { page, complaints } = await browser.open({ viewport: { width: 320, height: 640 } })
    await page.goto(site.origin)
    await page.locator('input[role=combobox]').fill('zielwort')
    await page.getByRole('option').nth(50).waitFor()
    expect(await damage(page)).toEqual(UNHARMED)
    expect(complaints).toEqual([])
  })

  test('mark nothing on a page but words', async () => {
    const { page } = await browser.open()
    await page.goto(`${site.origin}/?mark=zielwort`)
    await page.locator('mark.fundstelle-mark').first().waitFor()
    expect(await page.locator('mark.fundstelle-mark').allTextContents()).toEqual(['zielwort'])
    expect(await damage(page)).toEqual(UNHARMED)
  })

  test('what is searched is as harmless as what is found', async () => {
    const { page, complaints } = await browser.open()
    for (const harm of Object.values(HARM).filter((one) => one.length < 1000)) {
      await page.goto(`${served.url}/?q=${encodeURIComponent(harm.toWellFormed())}`)
      expect(await damage(page)).toEqual({ ...UNHARMED, forged: expect.any(Number) })
    }
    expect(complaints).toEqual([])
  })
})
