import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostSite, hostSite, noBrowser, withBrowser } from '../support/browser.ts'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'
import { run, type Served, serveForAll } from '../support/program.ts'

/** Sites are not all as the box would like them: what their styles, languages, addresses and dialogs do to it. */

let served: Served
let site: HostSite
let root = ''
const pages: Record<string, string> = {}
const browser = withBrowser()

beforeAll(async () => {
  if (noBrowser !== null) return
  root = makeFolder()
  site = await hostSite(pages)
  const articles = [
    { id: 'a', title: 'Käse aus dem Allgäu', text: 'Der Bergkäse reift.', url: '/käse', tags: ['Essen'] },
    {
      id: 'b',
      title: 'Hafen',
      text: 'Die Drohnen-Abwehr im Hafen.\n\nIm Hafen liegt ein Schiff.',
      url: `${site.origin}/hafen?x=a%20b&y`,
    },
    { id: 'c', title: 'Wetter', text: 'Sturm im Hafen, Käse im Schrank.', tags: ['Wetter'] },
  ]
  writeFiles(root, { 'alle.jsonl': articles.map((article) => JSON.stringify(article)).join('\n') })
  const cache = join(root, 'cache')
  expect((await run(['index', '--cache', cache, join(root, 'alle.jsonl')])).code).toBe(0)
  served = await serveForAll(cache, '--allow-origin', site.origin)
  pages['/käse'] = pages['/k%C3%A4se'] = pageWith('<p>Der Bergkäse reift.</p>')
  pages['/hafen'] = pageWith('<p>Im Hafen liegt ein Schiff.</p><p>Die Drohnen-Abwehr im Hafen.</p>')
})
afterAll(async () => {
  await served?.end()
  await site?.close()
  if (root !== '') removeFolder(root)
})

const pageWith = (content: string, head = '', attributes = 'lang="de"'): string =>
  `<!doctype html><html ${attributes}><title>Seite</title>${head}<script src="${served.url}/embed.js" defer></script><body>${content}</body></html>`

/** Opens a page of the other site with this in it, and focuses its first box. */
async function opened(
  content: string,
  { head = '', attributes = 'lang="de"', locale = 'de-DE', viewport = { width: 1100, height: 800 } } = {},
): Promise<Page> {
  pages['/'] = pageWith(content, head, attributes)
  const { page } = await browser.open({ locale, viewport })
  await page.goto(site.origin)
  await page.locator('input[role=combobox]').first().waitFor({ state: 'attached' })
  return page
}

const inputOf = (page: Page) => page.locator('input[role=combobox]').first()
const optionsOf = (page: Page) => page.getByRole('option')
const typed = async (page: Page, text: string): Promise<void> => {
  await inputOf(page).fill(text)
  await optionsOf(page).first().waitFor()
}
const lastLink = (page: Page): Promise<string | null> => optionsOf(page).last().getAttribute('href')

describe.skipIf(noBrowser !== null)(`the box on sites${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  test.each([
    ['*{position:static}'],
    ['*{all:unset}'],
    ['*{all:revert}'],
    ['fundstelle-suche{all:initial}'],
    ['*{color:#000;font:30px serif;text-align:right}'],
  ])('is itself under styles such as %s', async (style) => {
    const page = await opened('<fundstelle-suche theme="dark"></fundstelle-suche>', { head: `<style>${style}</style>` })
    await typed(page, 'hafen')
    const [input, option] = [await inputOf(page).boundingBox(), await optionsOf(page).first().boundingBox()]
    expect(option?.y).toBeLessThan((input?.y ?? 0) + (input?.height ?? 0) + 20)
    const colour = await page
      .locator('[part=title]')
      .first()
      .evaluate((element) => getComputedStyle(element).color)
    expect(colour).not.toBe('rgb(0, 0, 0)')
  })

  test.each([
    ['left to right', 'lang="de"', 'margin-left:148px'],
    ['right to left', 'lang="de" dir="rtl"', 'margin-left:0'],
  ])('shows its hits inside the window, however narrow it is: %s', async (_, attributes, margin) => {
    const content = `<fundstelle-suche></fundstelle-suche>`
    const head = `<style>fundstelle-suche{width:90px;${margin}}</style>`
    const page = await opened(content, { head, attributes, viewport: { width: 360, height: 640 } })
    await typed(page, 'hafen')
    const panel = await page.locator('[part=panel]').boundingBox()
    expect(panel?.x).toBeGreaterThanOrEqual(0)
    expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeLessThanOrEqual(360)
  })

  test('as wide as the window it does not push its hits out of it', async () => {
    const head = '<style>body{margin:0}</style>'
    const page = await opened('<fundstelle-suche></fundstelle-suche>', { head, viewport: { width: 390, height: 640 } })
    await typed(page, 'hafen')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  test('changed and moved at once, it shows what is asked for now', async () => {
    const page = await opened('<fundstelle-suche></fundstelle-suche><main></main>')
    await typed(page, 'hafen')
    expect(await optionsOf(page).count()).toBe(3)
    await page.evaluate(() => {
      const box = document.querySelector('fundstelle-suche')
      box?.setAttribute('filter', 'id = b')
      if (box) document.querySelector('main')?.append(box)
    })
    await expect.poll(() => page.locator('fundstelle-suche [role=option]').count()).toBe(2)
    await page.evaluate(() => {
      const box = document.querySelector('fundstelle-suche')
      box?.setAttribute('mode', 'dialog')
      if (box) document.body.append(box)
    })
    await expect.poll(() => page.locator('fundstelle-suche [role=option]').count()).toBe(2)
  })

  test('its filter and language go on to the search page, unless the form there says otherwise', async () => {
    const form = `<form action="${served.url}/"><input name="q" type="search"></form>`
    for (const inside of ['', form]) {
      const page = await opened(`<fundstelle-suche filter="tags = Wetter">${inside}</fundstelle-suche>`)
      await typed(page, 'käse')
      expect(await lastLink(page)).toBe(`${served.url}/?q=k%C3%A4se&filter=tags+%3D+Wetter`)
      await page.keyboard.press('Enter')
      await expect.poll(() => page.locator('#count').textContent()).toBe('1 Treffer')
    }
    const fields = '<input type="hidden" name="f.tags" value="A"><input type="hidden" name="f.tags" value="B">'
    const own = form.replace('</form>', `${fields}<input type="hidden" name="filter" value="id = c"></form>`)
    const page = await opened(`<fundstelle-suche filter="tags = Wetter">${own}</fundstelle-suche>`)
    await typed(page, 'käse')
    expect(await lastLink(page)).toBe(`${served.url}/?q=k%C3%A4se&f.tags=A&f.tags=B&filter=id+%3D+c`)
    const other = await opened(
      '<fundstelle-suche filter="tags = Wetter"><form action="/suche"><input></form></fundstelle-suche>',
    )
    await typed(other, 'käse')
    expect(await lastLink(other)).toBe(`${site.origin}/suche?q=k%C3%A4se`)
  })

  test.each([
    ['de', 'en-US', 'lang=de'],
    ['en', 'de-DE', 'lang=en'],
    ['de', 'de-AT', null],
    ['en-GB', 'en-US', null],
  ])('a box in %s for a browser in %s leads to %s', async (lang, locale, said) => {
    const page = await opened('<fundstelle-suche></fundstelle-suche>', { attributes: `lang="${lang}"`, locale })
    await typed(page, 'sturm')
    for (const link of [await optionsOf(page).first().getAttribute('href'), await lastLink(page)])
      expect(/lang=../.exec(link ?? '')?.[0] ?? null).toBe(said)
  })

  test('inside another shadow root it speaks the language of what is around it', async () => {
    const page = await opened(
      '<div lang="en"><div id="host"></div></div><script>document.querySelector("#host").attachShadow({mode:"open"}).innerHTML="<fundstelle-suche></fundstelle-suche>"</script>',
    )
    await expect.poll(() => inputOf(page).getAttribute('aria-label')).toBe('Search')
  })

  test('changed while its dialog is open, it stays open; what is typed and the caret stay', async () => {
    const page = await opened('<fundstelle-suche mode="dialog"></fundstelle-suche>')
    await page.keyboard.press('Control+k')
    await typed(page, 'hafen')
    await page.keyboard.press('Home')
    await page.evaluate(() => {
      const box = document.querySelector('fundstelle-suche')
      Object.assign(window, { told: 0 })
      box?.addEventListener('fundstelle-search', () => Object.assign(window, { told: 1 }))
      box?.setAttribute('placeholder', 'Anders')
      box?.setAttribute('hotkey', 'none')
      box?.setAttribute('aria-label', 'Im Archiv')
    })
    expect(await inputOf(page).getAttribute('placeholder')).toBe('Anders')
    expect(await page.getByRole('dialog', { name: 'Im Archiv' }).isVisible()).toBe(true)
    await page.keyboard.type('x')
    expect(await inputOf(page).inputValue()).toBe('xhafen')
    await page.getByRole('button', { name: 'Schließen' }).focus()
    await page.evaluate(() => document.querySelector('fundstelle-suche')?.setAttribute('lang', 'en'))
    expect(await page.getByRole('button', { name: 'Close' }).evaluate((one) => one.matches(':focus'))).toBe(true)
    // taken out while it is open, it comes back closed
    await page.evaluate(() => {
      const box = document.querySelector('fundstelle-suche')
      box?.remove()
      if (box) document.body.append(box)
    })
    expect(await page.getByRole('dialog').isVisible()).toBe(false)
    await page.evaluate(() => document.createElement('fundstelle-suche').focus())
  })

  test('changed or moved while an input method composes, it goes on searching', async () => {
    const page = await opened('<fundstelle-suche></fundstelle-suche><main></main>')
    await inputOf(page).focus()
    const session = await page.context().newCDPSession(page)
    await session.send('Input.imeSetComposition', { text: 'haf', selectionStart: 3, selectionEnd: 3 })
    await page.evaluate(() => document.querySelector('main')?.append(...document.querySelectorAll('fundstelle-suche')))
    await typed(page, 'hafen')
  })

  test('a key goes to it only where it can be focused, and nobody else is typing', async () => {
    const page = await opened(
      '<fundstelle-suche></fundstelle-suche><dialog id="other"><button>x</button></dialog><div><custom-field id="closed"></custom-field></div><script>document.querySelector("#closed").attachShadow({mode:"closed"}).innerHTML="<input>"; Object.assign(window, {prevented: []}); addEventListener("keydown", (event) => prevented.push(event.defaultPrevented))</script>',
    )
    const prevented = (): Promise<boolean | undefined> =>
      page.evaluate(() => (window as unknown as { prevented: boolean[] }).prevented.at(-1))
    await page.evaluate(() => (document.querySelector('#other') as HTMLDialogElement).showModal())
    await page.keyboard.press('/')
    expect(await prevented()).toBe(false)
    await page.evaluate(() => {
      ;(document.querySelector('#other') as HTMLDialogElement).close()
      ;(document.querySelector('fundstelle-suche') as HTMLElement).style.visibility = 'hidden'
    })
    await page.keyboard.press('Control+k')
    expect(await prevented()).toBe(false)
    await page.evaluate(() => {
      ;(document.querySelector('fundstelle-suche') as HTMLElement).style.visibility = ''
    })
    await page.locator('#closed').click()
    await page.keyboard.press('/')
    expect(await prevented()).toBe(false)
    await page.mouse.click(5, 700)
    await page.keyboard.press('/')
    expect(await prevented()).toBe(true)
  })

  test('without an answer there is a button that the keyboard reaches too', async () => {
    const page = await opened('<fundstelle-suche server="http://127.0.0.1:1"></fundstelle-suche>')
    await inputOf(page).fill('hafen')
    const again = page.getByRole('button', { name: 'Noch einmal versuchen' })
    await again.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await again.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    await again.waitFor()
    expect(await inputOf(page).evaluate((element) => element.matches(':focus'))).toBe(true)
  })

  test('values that are misspelt, and servers that are none, are told to whoever builds the page', async () => {
    const { page, complaints } = await browser.open()
    pages['/falsch'] = pageWith(
      '<fundstelle-suche mode="dialogg" hotkey="strg+k" theme="dark" limit="3" server="127.0.0.1:3000"></fundstelle-suche>',
    )
    await page.goto(`${site.origin}/falsch`)
    await inputOf(page).fill('hafen')
    await page.getByText('Die Suche hat diese Anfrage nicht verstanden.').first().waitFor()
    // what was refused will be again
    expect(await page.getByRole('button', { name: 'Noch einmal versuchen' }).count()).toBe(0)
    const told = complaints.filter((text) => text.startsWith('fundstelle-suche'))
    for (const attribute of ['mode="dialogg"', 'hotkey="strg+k"', 'server="127.0.0.1:3000"'])
      expect(told.filter((text) => text.includes(attribute))).toHaveLength(1)
    expect(told.filter((text) => /theme|limit/.test(text))).toEqual([])
    pages['/viele'] = pageWith('<fundstelle-suche limit="1000"></fundstelle-suche>')
    await page.goto(`${site.origin}/viele`)
    await inputOf(page).fill('hafen')
    await expect
      .poll(() => complaints)
      .toContainEqual(
        expect.stringContaining('„limit“: hier steht „1000“, erwartet wird eine ganze Zahl von 0 bis 100'),
      )
  })

  test('two of them can be told apart by name', async () => {
    const page = await opened(
      '<fundstelle-suche aria-label="Im Archiv"></fundstelle-suche><fundstelle-suche aria-label="Überall"></fundstelle-suche>',
    )
    for (const name of ['Im Archiv', 'Überall']) {
      expect(await page.getByRole('search', { name }).count()).toBe(1)
      expect(await page.getByRole('combobox', { name }).count()).toBe(1)
    }
  })

  test('a hit opened in a tab with the middle button is told of as well', async () => {
    const page = await opened('<fundstelle-suche></fundstelle-suche>')
    await page.evaluate(() =>
      document.addEventListener('fundstelle-select', (event) => {
        document.title = (event as CustomEvent).detail.id
      }),
    )
    await typed(page, 'sturm')
    const tab = page.context().waitForEvent('page')
    await optionsOf(page).first().click({ button: 'middle' })
    await tab
    expect(await page.title()).toBe('c')
  })

  test('addresses stay as they are written, and are found as browsers write them', async () => {
    const page = await opened('<fundstelle-suche></fundstelle-suche>')
    await typed(page, 'drohnenabwehr')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/hafen?x=a%20b&y&mark=drohnenabwehr**')
    const marks = page.locator('mark.fundstelle-mark')
    await marks.first().waitFor()
    expect(await marks.allTextContents()).toEqual(['Drohnen-Abwehr'])
    await page.goto(`${site.origin}/käse?mark=bergkäse`)
    await marks.first().waitFor()
    expect(await marks.allTextContents()).toEqual(['Bergkäse'])
    const { id } = await (await fetch(`${served.url}/marks?q=k%C3%A4se&url=${site.origin}/k%25C3%25A4se`)).json()
    expect(id).toBe('a')
  })

  test('a script that the site itself holds says where the server is', async () => {
    pages['/eigen'] =
      `<!doctype html><html lang="de"><title>x</title><script src="/embed.js" data-server="${served.url}/" defer></script><fundstelle-suche></fundstelle-suche><p>Bergkäse</p></html>`
    pages['/embed.js'] = await (await fetch(`${served.url}/embed.js`)).text()
    const { page } = await browser.open()
    await page.goto(`${site.origin}/eigen?mark=k%C3%A4se`)
    await page.locator('mark.fundstelle-mark').first().waitFor()
    await typed(page, 'hafen')
  })
})
