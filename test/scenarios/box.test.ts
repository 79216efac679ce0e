import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostSite, hostSite, noBrowser, serving, withBrowser } from '../support/browser.ts'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'
import { run, type Served, serveForAll } from '../support/program.ts'

const STRICT = "default-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
/** What the other site allows: the script and the answers of the server, and nothing inline. */
const policyOf = (server: string): string => `${STRICT}script-src ${server}; connect-src ${server}; style-src 'none'`

const pageWith = (content: string, server: string, attributes = ''): string =>
  `<!doctype html><html lang="de"><title>Andere Seite</title><script src="${server}/embed.js" defer${attributes}></script><body><main>${content}</main></body></html>`

const box = (attributes = '', inner = ''): string => `<fundstelle-suche ${attributes}>${inner}</fundstelle-suche>`

let served: Served
let site: HostSite
let root = ''
const pages: Record<string, string> = {}
const browser = withBrowser()

beforeAll(async () => {
  if (noBrowser !== null) return
  root = makeFolder()
  site = await hostSite(pages, (path) => (path === '/offen' ? null : policyOf(served.url)))
  const articles = [
    {
      id: 'drohnen',
      title: 'Drohnen über dem Hafen',
      text: 'Gestern flogen Drohnen tief.\n\nDer Hafenmeister sah die Drohne. Die Drohnenabwehr nicht.',
      url: `${site.origin}/drohnen`,
    },
    {
      id: 'weit',
      title: 'Weit unten',
      text: 'Das Nebelhorn. Der Leuchtturmwärter hörte das Nebelhorn im Nebel.',
      url: `${site.origin}/weit`,
    },
    {
      id: 'kaese',
      title: 'Käse aus dem Allgäu',
      text: 'Brot, Käse und eine Drohne aus Holz.',
      url: 'https://anders.example/kaese',
    },
    { id: 'ohne', title: 'Ohne eigene Seite', text: 'Von Kurzstreckendrohnen war die Rede.' },
    ...Array.from({ length: 20 }, (_, i) => ({
      id: `n${i}`,
      title: `Nachricht ${i}`,
      text: `Nummer ${i} über Wetter und Wind.`,
    })),
  ]
  writeFiles(root, {
    'alle.jsonl': articles.map((article) => JSON.stringify(article)).join('\n'),
    'handbuch.html': `<title>Handbuch der Schleuse</title><link rel="canonical" href="${site.origin}/handbuch"><main><h1>Handbuch der Schleuse</h1><p>${'Ein Satz über das Wasser. '.repeat(60)}</p><h2 id="tor">Das untere <em>Tor</em> &amp; seine Hubketten</h2><p>Die Hubketten werden im Frühjahr gefettet.</p></main>`,
  })
  const cache = join(root, 'cache')
  expect((await run(['index', '--cache', cache, join(root, 'alle.jsonl'), join(root, 'handbuch.html')])).code).toBe(0)
  served = await serveForAll(cache, '--allow-origin', site.origin)
  const { url } = served
  pages['/'] = pageWith(
    `<h1>Start</h1>${box('', `<form action="${url}/"><input name="q" type="search"><button>Suchen</button></form>`)}<input id="other" aria-label="anderes"><p id="after" tabindex="0">danach</p>`,
    url,
  )
  pages['/offen'] = pages['/'] as string
  pages['/zwei'] = pageWith(`${box('id="a" limit="2"')}${box('id="b" filter="ort = nirgends" hotkey="none"')}`, url)
  pages['/dialog'] = pageWith(box('mode="dialog"'), url)
  pages['/englisch'] = pageWith(box('lang="en" placeholder="Find it"'), url)
  pages['/themen'] = pageWith(`${box()}${box('theme="dark"')}${box('theme="auto"')}`, url)
  pages['/drohnen'] = pageWith(
    '<article><h1>Drohnen über dem Hafen</h1><p>Gestern flogen Drohnen tief.</p><script type="text/plain">Drohnen</script><textarea>Drohnen</textarea><p contenteditable>Drohnen</p><p style-free>Der Hafenmeister sah die Drohne. Die Dro&shy;hnen&shy;abwehr nicht.</p></article>',
    url,
  )
  pages['/weit'] = pageWith(
    `<nav hidden>Das Nebelhorn, der Leuchtturmwärter, im Nebel</nav><h1>Das Nebelhorn</h1>${'<p>Absatz ohne Belang.</p>'.repeat(200)}<p id="best">Der Leuchtturmwärter hörte das Nebelhorn im Nebel.</p>${'<p>Noch einer.</p>'.repeat(200)}`,
    url,
  )
  pages['/aus'] = pageWith('<p>Drohnen</p>', url, ' data-mark="off"')
})
afterAll(async () => {
  await served?.end()
  await site?.close()
  if (root !== '') removeFolder(root)
})

const inputOf = (page: Page, at = 0) => page.locator('fundstelle-suche').nth(at).locator('input[role=combobox]')
const optionsOf = (page: Page, at = 0) => page.locator('fundstelle-suche').nth(at).getByRole('option')
const activeOf = async (page: Page): Promise<string | null> => {
  const id = await inputOf(page).getAttribute('aria-activedescendant')
  return id === null ? null : page.locator(`#${id}`).textContent()
}
const type = async (page: Page, text: string, at = 0): Promise<void> => {
  // at once: letter by letter the hits of every beginning would come and go
  await inputOf(page, at).fill(text)
}
const status = (page: Page, at = 0) => page.locator('fundstelle-suche').nth(at).getByRole('status')

describe.skipIf(noBrowser !== null)(`the search box${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  test('says in which section of a long article a hit is, and leads there', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(`${site.origin}/`)
    await type(page, 'gefettete Hubketten')
    const option = optionsOf(page).first()
    await expect.poll(() => option.textContent()).toContain('Das untere Tor & seine Hubketten')
    expect(await option.getAttribute('href')).toMatch(/\/handbuch\?mark=gefettete\+Hubketten#tor/)
    // articles of a few lines have none
    await type(page, 'Nebelhorn')
    await expect.poll(() => option.textContent()).toContain('Weit unten')
    expect(await option.locator('[part=place]').textContent()).toBe('')
    expect(complaints).toEqual([])
  })

  test('shows hits while typing, on a page of another origin with a strict policy', async () => {
    const { page, complaints, requests } = await browser.open()
    await page.goto(`${site.origin}/`)
    const input = inputOf(page)
    await expect.poll(() => input.getAttribute('role')).toBe('combobox')
    expect(await input.getAttribute('aria-expanded')).toBe('false')
    await input.pressSequentially('drohne', { delay: 5 })
    await expect.poll(() => status(page).textContent()).toBe('3 Treffer')
    expect(await input.getAttribute('aria-expanded')).toBe('true')
    expect(await optionsOf(page).first().locator('mark').first().textContent()).toMatch(/^Drohnen?$/)
    expect(await optionsOf(page).last().textContent()).toBe('Auf der Suchseite zeigen')
    // nobody else is asked
    expect(requests.filter((url) => !url.startsWith(site.origin) && !url.startsWith(served.url))).toEqual([])
    expect(complaints).toEqual([])
  })

  test('every key does what the combobox pattern says', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(`${site.origin}/`)
    const input = inputOf(page)
    await type(page, 'drohne')
    await optionsOf(page).nth(3).waitFor()
    const texts = await optionsOf(page).allTextContents()
    expect(await activeOf(page)).toBeNull()
    const press = async (key: string): Promise<string | null> => {
      await input.press(key)
      return activeOf(page)
    }
    expect(await press('ArrowDown')).toBe(texts[0])
    expect(await optionsOf(page).first().getAttribute('aria-selected')).toBe('true')
    expect(await press('ArrowDown')).toBe(texts[1])
    expect(await press('ArrowUp')).toBe(texts[0])
    expect(await press('ArrowUp')).toBe(texts.at(-1))
    expect(await press('ArrowDown')).toBe(texts[0])
    // Home, End and the arrows to the sides go back into the text
    const caret = (): Promise<number | null> =>
      input.evaluate((element) => (element as HTMLInputElement).selectionStart)
    expect(await press('Home')).toBeNull()
    expect(await caret()).toBe(0)
    await press('ArrowDown')
    expect(await press('End')).toBeNull()
    expect(await caret()).toBe(6)
    await press('ArrowDown')
    expect(await press('ArrowLeft')).toBeNull()
    expect(await caret()).toBe(5)
    // Escape closes, a second one empties
    await press('ArrowDown')
    expect(await press('Escape')).toBeNull()
    expect(await input.getAttribute('aria-expanded')).toBe('false')
    expect(await input.inputValue()).toBe('drohne')
    // Alt with an arrow opens and closes without choosing
    expect(await press('Alt+ArrowDown')).toBeNull()
    expect(await input.getAttribute('aria-expanded')).toBe('true')
    await press('Alt+ArrowUp')
    expect(await input.getAttribute('aria-expanded')).toBe('false')
    expect(await press('ArrowDown')).toBe(texts[0])
    await press('Escape')
    await press('Escape')
    expect(await input.inputValue()).toBe('')
    // Tab leaves and closes
    await type(page, 'drohne')
    await optionsOf(page).nth(3).waitFor()
    await page.keyboard.press('Tab')
    expect(await input.getAttribute('aria-expanded')).toBe('false')
    expect(complaints).toEqual([])
  })

  test('Enter follows what is chosen, else shows all hits; with Ctrl in a tab', async () => {
    const { page, context } = await browser.open()
    await page.goto(`${site.origin}/`)
    await type(page, 'drohnen hafen')
    await optionsOf(page).first().waitFor()
    await page.keyboard.press('ArrowDown')
    const tab = context.waitForEvent('page')
    await page.keyboard.press('Control+Enter')
    expect((await tab).url()).toContain(`${site.origin}/drohnen`)
    expect(page.url()).toBe(`${site.origin}/`)
    // the tab has the focus now; coming back, the hits are there again
    await (await tab).close()
    await page.bringToFront()
    await inputOf(page).press('Escape')
    await inputOf(page).press('ArrowDown')
    expect(await activeOf(page)).toMatch(/^Drohnen über/)
    await inputOf(page).press('Enter')
    await page.waitForURL(`${site.origin}/drohnen?mark=drohnen+hafen**`)
    await page.goto(`${site.origin}/offen`)
    await type(page, 'drohne')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${served.url}/?q=drohne`)
    expect(await page.locator('#count').textContent()).toBe('3 Treffer')
  })

  test('a click follows a hit, the middle button opens a tab, a press beside the box closes it', async () => {
    const { page, context } = await browser.open()
    await page.goto(`${site.origin}/`)
    await type(page, 'drohnen hafen')
    const first = optionsOf(page).first()
    await first.waitFor()
    const tab = context.waitForEvent('page')
    await first.click({ button: 'middle' })
    expect((await tab).url()).toContain('/drohnen')
    await expect.poll(() => inputOf(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.mouse.click(900, 750)
    expect(await inputOf(page).getAttribute('aria-expanded')).toBe('false')
    await inputOf(page).click()
    await first.click()
    await page.waitForURL(/\/drohnen\?mark=/)
  })

  test('by touch: large enough, and a tap follows', async () => {
    const { page } = await browser.open({ hasTouch: true, viewport: { width: 360, height: 640 } })
    await page.goto(`${site.origin}/`)
    await inputOf(page).tap()
    await type(page, 'drohnen hafen')
    const first = optionsOf(page).first()
    await first.waitFor()
    for (const target of [inputOf(page), first, optionsOf(page).last(), page.locator('[part=submit]')])
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    const size = await inputOf(page).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    expect(size).toBeGreaterThanOrEqual(16)
    await first.tap()
    await page.waitForURL(/\/drohnen\?mark=/)
  })

  test('a hotkey from anywhere, the slash not while typing elsewhere', async () => {
    const { page } = await browser.open()
    await page.goto(`${site.origin}/`)
    await inputOf(page).waitFor()
    const isFocused = (): Promise<boolean> => inputOf(page).evaluate((element) => element.matches(':focus'))
    await page.locator('#after').focus()
    await page.keyboard.press('/')
    expect(await isFocused()).toBe(true)
    expect(await inputOf(page).inputValue()).toBe('')
    await page.locator('#other').focus()
    await page.keyboard.press('/')
    expect(await isFocused()).toBe(false)
    expect(await page.locator('#other').inputValue()).toBe('/')
    await page.keyboard.press('Control+k')
    expect(await isFocused()).toBe(true)
    await page.goto(`${site.origin}/zwei`)
    await inputOf(page, 1).waitFor()
    await page.keyboard.press('Control+k')
    expect(await isFocused()).toBe(true)
  })

  test('two on a page know nothing of each other', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(`${site.origin}/zwei`)
    await type(page, 'drohne', 0)
    await optionsOf(page, 0).nth(2).waitFor()
    expect(await optionsOf(page, 0).count()).toBe(3)
    await type(page, 'drohne', 1)
    await expect.poll(() => status(page, 1).textContent()).toBe('Nichts gefunden für „drohne“.')
    expect(await inputOf(page, 0).getAttribute('aria-expanded')).toBe('false')
    const ids = await page
      .locator('fundstelle-suche')
      .evaluateAll((boxes) => boxes.map((one) => one.shadowRoot?.querySelector('[role=listbox]')?.id))
    expect(new Set(ids).size).toBe(2)
    expect(complaints).toEqual([])
  })

  test('as a dialog: opened by a press or the hotkey, closed by Escape, the focus comes back', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(`${site.origin}/dialog`)
    const opener = page.getByRole('button', { name: /Suchen/ })
    await opener.click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await type(page, 'drohne')
    await optionsOf(page).nth(3).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await activeOf(page)).not.toBeNull()
    await page.keyboard.press('Escape')
    expect(await inputOf(page).inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await opener.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press('Control+k')
    await dialog.waitFor()
    await page.getByRole('button', { name: 'Schließen' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
  })

  test('added and removed at run time, in another shadow root, with attributes that change', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(`${site.origin}/`)
    await inputOf(page).waitFor()
    await page.evaluate(() => {
      document.querySelector('fundstelle-suche')?.remove()
      const host = document.createElement('div')
      host.id = 'host'
      const one = document.createElement('fundstelle-suche')
      host.attachShadow({ mode: 'open' }).append(one)
      document.body.append(host)
    })
    await type(page, 'drohne')
    await optionsOf(page).nth(3).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await inputOf(page).getAttribute('aria-activedescendant')).not.toBeNull()
    await page.evaluate(() => {
      const one = document.querySelector('#host')?.shadowRoot?.querySelector('fundstelle-suche')
      one?.setAttribute('placeholder', 'Anders')
      one?.setAttribute('lang', 'en')
    })
    expect(await inputOf(page).getAttribute('placeholder')).toBe('Anders')
    expect(await inputOf(page).getAttribute('aria-label')).toBe('Search')
    expect(await inputOf(page).inputValue()).toBe('drohne')
    // whoever is typing goes on, and sees other hits where others are asked for
    await optionsOf(page).nth(3).waitFor()
    await page.evaluate(() =>
      document
        .querySelector('#host')
        ?.shadowRoot?.querySelector('fundstelle-suche')
        ?.setAttribute('filter', 'id = ohne'),
    )
    await expect.poll(() => optionsOf(page).count()).toBe(2)
    await page.keyboard.type('n')
    expect(await inputOf(page).inputValue()).toBe('drohnen')
    await page.evaluate(() => document.querySelector('#host')?.remove())
    await page.keyboard.press('Control+k')
    expect(complaints).toEqual([])
  })

  test('nothing is searched while an input method composes', async () => {
    const { page, requests } = await browser.open()
    await page.goto(`${site.origin}/`)
    await inputOf(page).focus()
    const session = await page.context().newCDPSession(page)
    await session.send('Input.imeSetComposition', { text: 'droh', selectionStart: 4, selectionEnd: 4 })
    await session.send('Input.imeSetComposition', { text: 'drohne', selectionStart: 6, selectionEnd: 6 })
    expect(await inputOf(page).inputValue()).toBe('drohne')
    await page.keyboard.press('ArrowDown')
    expect(requests.filter((url) => url.includes('/search?'))).toEqual([])
    await session.send('Input.insertText', { text: 'drohne' })
    await optionsOf(page).first().waitFor()
    expect(requests.filter((url) => url.includes('/search?'))).toHaveLength(1)
  })

  test('events tell the page what is searched and chosen; it can prevent what comes next', async () => {
    const { page } = await browser.open()
    await page.goto(`${site.origin}/`)
    await page.evaluate(() => {
      const told: unknown[] = []
      Object.assign(window, { told })
      for (const name of ['fundstelle-search', 'fundstelle-select']) {
        document.addEventListener(name, (event) => {
          told.push([name, (event as CustomEvent).detail])
          if (name === 'fundstelle-select') event.preventDefault()
        })
      }
    })
    await inputOf(page).fill('drohnen hafen')
    await optionsOf(page).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await optionsOf(page).first().click()
    const told = await page.evaluate(() => (window as unknown as { told: [string, Record<string, unknown>][] }).told)
    expect(told[0]).toEqual(['fundstelle-search', { query: 'drohnen hafen', totalHits: expect.any(Number) }])
    expect(told.slice(1).map(([name, { id }]) => [name, id])).toEqual([
      ['fundstelle-select', 'drohnen'],
      ['fundstelle-select', 'drohnen'],
    ])
    expect(page.url()).toBe(`${site.origin}/`)
  })

  test('speaks English where it is asked to', async () => {
    const { page } = await browser.open()
    await page.goto(`${site.origin}/englisch`)
    expect(await inputOf(page).getAttribute('placeholder')).toBe('Find it')
    await type(page, 'xylophonist')
    await expect.poll(() => status(page).textContent()).toBe('Nothing found for “xylophonist”.')
  })

  test('is light or dark as its page is, or as it is told', async () => {
    const { page } = await browser.open({ colorScheme: 'dark' })
    const isDark = (): Promise<boolean[]> =>
      page
        .locator('fundstelle-suche input')
        .evaluateAll((inputs) =>
          inputs.map((input) => getComputedStyle(input).backgroundColor !== 'rgb(255, 255, 255)'),
        )
    await page.goto(`${site.origin}/themen`)
    await inputOf(page).waitFor()
    // the page says nothing: then it is light, whatever the device is
    expect(await isDark()).toEqual([false, true, true])
    await page.evaluate(() => {
      document.documentElement.style.colorScheme = 'light dark'
      document.querySelectorAll('fundstelle-suche')[1]?.setAttribute('theme', 'light')
    })
    expect(await isDark()).toEqual([true, false, true])
  })

  test('“did you mean” is an option that searches what was meant', async () => {
    const { page } = await browser.open()
    await page.goto(`${site.origin}/`)
    await type(page, 'drohnnen ')
    await page.getByText('Meinten Sie „drohnen').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => inputOf(page).inputValue()).toMatch(/^drohnen/)
    await expect.poll(() => status(page).textContent()).toMatch(/Treffer/)
  })
})

describe.skipIf(noBrowser !== null)('a server that is slow, starting, refusing or gone', () => {
  const hit = (title: string): string =>
    JSON.stringify({
      query: title,
      hits: [{ id: title, title, url: null, formatted: { title, snippet: '' } }],
      totalHits: 1,
      didYouMean: null,
    })

  test('an answer that comes late never takes the place of a newer one', async () => {
    const waiting = new Map<string, () => void>()
    const slow = await serving((request, response) => {
      const q = new URL(request.url ?? '/', 'http://x').searchParams.get('q') ?? ''
      response.setHeader('access-control-allow-origin', '*')
      waiting.set(q, () => response.end(hit(q)))
      if (q === 'drei') response.end(hit(q))
    })
    const { page } = await browser.open()
    await page.goto(`${site.origin}/offen`)
    await page.locator('fundstelle-suche').evaluate((element, url) => element.setAttribute('server', url), slow.origin)
    for (const q of ['eins', 'zwei']) {
      await inputOf(page).fill(q)
      await expect.poll(() => waiting.has(q)).toBe(true)
    }
    // meanwhile it says what it does
    await expect.poll(() => status(page).textContent()).toBe('Suche läuft …')
    await page.getByText('Suche läuft …').first().waitFor()
    await inputOf(page).fill('drei')
    await optionsOf(page).first().waitFor()
    expect(await status(page).textContent()).toBe('1 Treffer')
    for (const q of ['zwei', 'eins']) waiting.get(q)?.()
    await page.waitForTimeout(50)
    expect(await optionsOf(page).first().textContent()).toBe('drei')
    await slow.close()
  })

  test.each<[string, number, string]>([
    ['starting', 503, 'Die Suche startet gerade. Bitte gleich noch einmal.'],
    ['broken', 500, 'Die Suche ist gerade nicht zu erreichen.'],
    ['refusing', 400, 'Die Suche hat diese Anfrage nicht verstanden.'],
    ['gone', 0, 'Die Suche ist gerade nicht zu erreichen.'],
  ])('one that is %s is said kindly, and asked again', async (_, code, text) => {
    let isWell = false
    const ill = await serving((request, response) => {
      response.setHeader('access-control-allow-origin', '*')
      if (isWell) response.end(hit('gesund'))
      else if (code === 0) request.socket.destroy()
      else response.writeHead(code).end('{}')
    })
    const { page } = await browser.open()
    await page.goto(`${site.origin}/offen`)
    await page.locator('fundstelle-suche').evaluate((element, url) => element.setAttribute('server', url), ill.origin)
    await type(page, 'xy')
    await page.getByText(text).first().waitFor()
    await expect.poll(() => status(page).textContent()).toBe(text)
    isWell = true
    // what was refused once will be again
    if (code === 400) expect(await page.locator('[part=retry]').count()).toBe(0)
    else await page.getByRole('button', { name: 'Noch einmal versuchen' }).click()
    if (code === 400) await type(page, 'xyz')
    await page.getByRole('option', { name: 'gesund' }).waitFor()
    await ill.close()
  })

  test('without JavaScript, or without the script, the form inside is there and works', async () => {
    const { page } = await browser.open({ javaScriptEnabled: false })
    await page.goto(`${site.origin}/offen`)
    await page.locator('input[name=q]').fill('drohne')
    await page.getByRole('button', { name: 'Suchen' }).click()
    await page.waitForURL(`${served.url}/?q=drohne`)
    expect(await page.locator('#count').textContent()).toBe('3 Treffer')
  })
})

describe.skipIf(noBrowser !== null)('on the page of an article', () => {
  test('marks what was searched as the index found it, and touches nothing else', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(`${site.origin}/drohnen?mark=drohne`)
    const marks = page.locator('mark.fundstelle-mark')
    await marks.first().waitFor()
    expect(await marks.allTextContents()).toEqual(['Drohnen', 'Drohnen', 'Drohne', 'Dro\xADhnen\xADabwehr'])
    expect(await page.locator('script[type="text/plain"]').innerHTML()).toBe('Drohnen')
    expect(await page.locator('[contenteditable]').innerHTML()).toBe('Drohnen')
    expect(await page.locator('textarea').inputValue()).toBe('Drohnen')
    expect(complaints).toEqual([])
  })

  test('rolls to where most of it is', async () => {
    const { page } = await browser.open()
    await page.goto(`${site.origin}/weit?mark=nebelhorn+leuchtturmwärter`)
    const isInView = (): Promise<boolean> =>
      page.locator('#best').evaluate((element) => {
        const { top } = element.getBoundingClientRect()
        return top > 0 && top < innerHeight
      })
    await expect.poll(isInView).toBe(true)
    expect(await page.locator('mark.fundstelle-mark').count()).toBe(5)
  })

  test('can be switched off', async () => {
    const { page, requests } = await browser.open()
    await page.goto(`${site.origin}/aus?mark=drohne`)
    await page.waitForLoadState('load')
    expect(requests.some((url) => url.includes('/marks'))).toBe(false)
    expect(await page.locator('mark').count()).toBe(0)
  })
})
