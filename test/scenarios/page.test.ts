import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostSite, hostSite, noBrowser, withBrowser } from '../support/browser.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'
import { run, type Served, serveForAll } from '../support/program.ts'

const SEEDS = new URL('../../seeds', import.meta.url).pathname
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let served: Served
let site: HostSite
let root = ''
const browser = withBrowser()

beforeAll(async () => {
  if (noBrowser !== null) return
  root = makeFolder()
  const cache = join(root, 'cache')
  expect((await run(['index', '--cache', cache, SEEDS])).code).toBe(0)
  const pages: Record<string, string> = {}
  site = await hostSite(pages)
  served = await serveForAll(cache, '--allow-origin', site.origin)
  pages['/'] =
    `<!doctype html><html lang="de"><meta name="color-scheme" content="light dark"><title>Andere Seite</title><script src="${served.url}/embed.js" defer></script><body><main><h1>Start</h1><fundstelle-suche></fundstelle-suche></main></body></html>`
  pages['/dialog'] = pages['/'].replace('<fundstelle-suche>', '<fundstelle-suche mode="dialog">')
})
afterAll(async () => {
  await served?.end()
  await site?.close()
  if (root !== '') removeFolder(root)
})

const field = (page: Page) => page.locator('#q')
const count = (page: Page): Promise<string | null> => page.locator('#count').textContent()
const titles = (page: Page): Promise<string[]> => page.locator('#hits > li h2').allTextContents()
/** The sum of everything that moved by itself. */
const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]
          resolve(shifts.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0))
        }).observe({ type: 'layout-shift', buffered: true })
        // there may be none, of which nobody tells
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)))
      }),
  )

describe.skipIf(noBrowser !== null)(`the search page${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  test('shows hits while typing; the address can be shared, and the focus stays', async () => {
    const { page, complaints, requests } = await browser.open()
    await page.goto(served.url)
    expect(await field(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type('gletscher', { delay: 5 })
    await expect.poll(() => titles(page)).toContainEqual(expect.stringContaining('Gletscher'))
    await expect.poll(() => page.url()).toBe(`${served.url}/?q=gletscher`)
    await expect.poll(() => page.title()).toBe('gletscher – Suche')
    expect(await field(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    const shown = await titles(page)
    await page.reload()
    expect(await titles(page)).toEqual(shown)
    expect(await layoutShift(page)).toBe(0)
    expect(requests.every((url) => url.startsWith(served.url))).toBe(true)
    expect(complaints).toEqual([])
  })

  test('back and forward go from search to search', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?q=brand`)
    await page.getByRole('checkbox').first().waitFor()
    const first = await count(page)
    // what is typed is there before Enter is pressed, which is one step all the same
    await field(page).fill('wärme')
    await expect.poll(() => page.title()).toBe('wärme – Suche')
    await page.keyboard.press('Enter')
    await page.goBack()
    await expect.poll(() => count(page)).toBe(first)
    expect(await field(page).inputValue()).toBe('brand')
    expect(await page.title()).toBe('brand – Suche')
    await page.goForward()
    await expect.poll(() => page.title()).toBe('wärme – Suche')
    expect(await field(page).inputValue()).toBe('wärme')
  })

  test('boxes, days and sorting narrow down at once; the focus stays on what was ticked', async () => {
    const { page, complaints } = await browser.open()
    await page.goto(served.url)
    const tick = page.getByRole('checkbox', { name: /^Küche/ })
    await tick.check()
    await page.waitForURL(/f\.tags=K%C3%BCche/)
    await expect.poll(() => count(page)).toBe('4 Treffer')
    expect(await tick.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(await tick.isChecked()).toBe(true)
    // other values of the same field can still be added
    await page.getByRole('checkbox', { name: /^Energie/ }).check()
    await expect.poll(() => count(page)).toBe('7 Treffer')
    await page.locator('#from').fill('2024-01-01')
    await page.waitForURL(/from=2024-01-01/)
    await page.locator('#sort').selectOption('date:asc')
    await page.waitForURL(/sort=date%3Aasc/)
    await expect
      .poll(async () => {
        const dates = await page
          .locator('#hits time')
          .evaluateAll((times) => times.map((one) => one.getAttribute('datetime') ?? ''))
        return (
          dates.length > 0 && dates.every((date, i) => date >= '2024' && (i === 0 || date >= (dates[i - 1] as string)))
        )
      })
      .toBe(true)
    await page.getByRole('link', { name: 'Alles zurücksetzen' }).click()
    await expect.poll(() => count(page)).toBe('Neueste Artikel')
    expect(complaints).toEqual([])
  })

  test('pages are links, and show their hits from the top', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?hitsPerPage=5`)
    const before = await titles(page)
    await page.getByRole('link', { name: 'Weiter' }).click()
    await page.waitForURL(/page=2/)
    await expect.poll(() => titles(page)).not.toEqual(before)
    await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(50)
    await page.goBack()
    await expect.poll(() => titles(page)).toEqual(before)
  })

  test('a search that was typed, and left at once by one of its hits, is a step to come back to', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?q=Gletscher`)
    await field(page).fill('Sachschaden')
    await expect.poll(() => page.title()).toBe('Sachschaden – Suche')
    await page.locator('#hits a').first().click()
    await page.locator('article h1').waitFor()
    await page.goBack()
    await expect.poll(() => field(page).inputValue()).toBe('Sachschaden')
    await page.goBack()
    await expect.poll(() => field(page).inputValue()).toBe('Gletscher')
    await expect.poll(() => titles(page)).toContainEqual(expect.stringContaining('Gletscher'))
  })

  test('what is typed and left with Back at once takes nothing else out of the history', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?q=Sachschaden`)
    await page.goto(`${served.url}/?q=Gletscher`)
    await field(page).press('End')
    await page.keyboard.type(' Eis')
    await expect.poll(() => page.title()).toBe('Gletscher Eis – Suche')
    for (const [way, value] of [
      ['goBack', 'Gletscher'],
      ['goBack', 'Sachschaden'],
      ['goForward', 'Gletscher'],
      ['goForward', 'Gletscher Eis'],
    ] as const) {
      await page[way]()
      await expect.poll(() => field(page).inputValue()).toBe(value)
    }
  })

  test('the order that is chosen is that of the address, however it was come to', async () => {
    const { page } = await browser.open({ viewport: { width: 360, height: 640 } })
    const order = (): Promise<string> => page.locator('#sort').inputValue()
    await page.goto(`${served.url}/?q=wasser&f.tags=Natur`)
    await page.getByRole('link', { name: 'Alles zurücksetzen' }).click()
    await page.waitForURL(`${served.url}/?q=wasser`)
    await expect.poll(() => page.getByRole('checkbox', { checked: true }).count()).toBe(0)
    expect(await order()).toBe('')
    await page.getByRole('link', { name: /^Eingrenzen/ }).click()
    await page.getByRole('checkbox', { name: /^Küche/ }).check()
    await page.waitForURL(/f\.tags=K%C3%BCche/)
    expect(page.url()).not.toContain('sort=')
    await page.goto(`${served.url}/?q=wasser&sort=date:desc`)
    await page.getByRole('checkbox').first().check()
    await page.waitForURL(/f\./)
    await page.goBack()
    await expect.poll(() => page.getByRole('checkbox', { checked: true }).count()).toBe(0)
    expect(await order()).toBe('date:desc')
    await page.goto(`${served.url}/?q=gletschr`)
    await page.getByRole('link', { name: 'gletscher', exact: true }).click()
    await expect.poll(() => page.title()).toBe('gletscher – Suche')
    expect(await order()).toBe('')
    await page.goto(`${served.url}/?q=stadt&hitsPerPage=5`)
    await page.getByRole('link', { name: 'Weiter' }).click()
    await expect.poll(() => page.title()).toBe('stadt – Seite 2 von 3 – Suche')
    expect(await order()).toBe('')
    // without a query the newest are first, which is then what it says
    await page.goto(served.url)
    expect(await page.locator('#sort option').allTextContents()).toEqual(['Neueste zuerst', 'Älteste zuerst'])
    await page.locator('#sort').selectOption('date:asc')
    await expect.poll(() => count(page)).toBe('Älteste Artikel')
    await field(page).fill('stadt')
    await expect.poll(() => page.locator('#sort option').count()).toBe(3)
    expect(await order()).toBe('date:asc')
  })

  test('a word that is being typed is begun, not misspelt', async () => {
    const { page } = await browser.open()
    await page.goto(served.url)
    const newest = await titles(page)
    await field(page).pressSequentially('w')
    await page.waitForTimeout(200)
    expect(await titles(page)).toEqual(newest)
    for (const letter of 'asse') {
      await page.keyboard.type(letter)
      const typed = await field(page).inputValue()
      await expect.poll(() => page.title()).toBe(`${typed} – Suche`)
      if (typed.length > 3)
        expect((await page.locator('#hits mark').allTextContents()).join(' ')).not.toMatch(/Was\b|Kasse/)
      expect(await page.getByText('Meinten Sie').count()).toBe(0)
    }
    // entered as it stands it may be a slip
    await page.keyboard.press('Enter')
    await page.getByText('Meinten Sie').waitFor()
    expect(page.url()).toBe(`${served.url}/?q=wasse`)
  })

  test('/ leads into the field, from anywhere but fields', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?q=wasser`)
    await page.locator('#hits a').first().focus()
    await page.keyboard.press('/')
    expect(await field(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type('a/b')
    expect(await field(page).inputValue()).toBe('a/b')
  })

  test('one letter waits for more, and what is under way still comes', async () => {
    const { page } = await browser.open()
    await page.goto(served.url)
    let letGo = (): void => {}
    const waiting = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(/q=wasser/, async (route) => {
      await waiting
      await route.continue()
    })
    await field(page).fill('wasser')
    await page.waitForURL(/q=wasser/)
    await field(page).fill('w')
    letGo()
    await expect.poll(() => page.title()).toBe('wasser – Suche')
    expect(await page.evaluate(() => document.documentElement.className)).toBe('')
  })

  test('a day is no typed word: the query is searched as it stands', async () => {
    const { page, requests } = await browser.open()
    await page.goto(`${served.url}/?q=gletschr`)
    await page.locator('#from').fill('1990-01-01')
    await page.waitForURL(/from=1990-01-01/)
    await page.getByText('Meinten Sie').waitFor()
    expect(requests.filter((url) => url.includes('typing'))).toEqual([])
  })

  test('a link pressed twice is one step of the history', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?hitsPerPage=5`)
    const before = await titles(page)
    await page.route(/page=2/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue()
    })
    await page.getByRole('link', { name: 'Weiter' }).dblclick()
    await expect.poll(() => count(page)).toContain('Seite 2')
    await page.goBack()
    await expect.poll(() => titles(page)).toEqual(before)
  })

  test('a day can be typed figure by figure, and is one step of the history', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?q=energie`)
    const before = await page.evaluate(() => history.length)
    await page.locator('#from').focus()
    // the parts of a date are in the order of the browser's own language
    for (const figure of '01012024') await page.keyboard.press(figure, { delay: 60 })
    await expect.poll(() => page.locator('#from').inputValue()).toBe('2024-01-01')
    await page.waitForURL(/from=2024-01-01/)
    await expect.poll(() => count(page)).toMatch(/^[1-5] Treffer$/)
    expect(await page.locator('#from').evaluate((element) => element.matches(':focus'))).toBe(true)
    // one, or two where the machine takes its time: never one for each figure
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(before + 2)
    // one that leaves no hits can still be changed, and is not forgotten
    await page.locator('#from').fill('2100-01-01')
    await expect.poll(() => count(page)).toBe('0 Treffer')
    expect(await page.locator('#from').isVisible()).toBe(true)
    await field(page).fill('wasser')
    await page.waitForURL(/q=wasser.*from=2100-01-01/)
  })

  describe('answers that come late', () => {
    /** Holds what matches back until it is let go. */
    async function held(page: Page, address: RegExp): Promise<() => void> {
      let letGo = (): void => {}
      const waiting = new Promise<void>((resolve) => {
        letGo = resolve
      })
      await page.route(address, async (route) => {
        await waiting
        await route.continue().catch(() => {})
      })
      return letGo
    }
    const focusedIn = (page: Page): Promise<string> =>
      page.evaluate(() => document.activeElement?.closest('[id]')?.id ?? document.activeElement?.tagName ?? '')

    test('do not take the focus from whoever went on typing', async () => {
      const { page } = await browser.open()
      await page.goto(`${served.url}/?hitsPerPage=5`)
      const letGo = await held(page, /page=2/)
      await page.getByRole('link', { name: 'Weiter' }).click()
      await field(page).click()
      await page.keyboard.type('energie')
      await expect.poll(() => page.title()).toBe('energie – Suche')
      letGo()
      await page.keyboard.type('wende')
      expect(await field(page).inputValue()).toBe('energiewende')
      expect(await focusedIn(page)).toBe('q')
    })

    test('or that never come leave the focus where it was', async () => {
      const { page } = await browser.open()
      await page.goto(`${served.url}/?hitsPerPage=5`)
      await page.route(/page=2/, (route) => route.abort())
      await page.getByRole('link', { name: 'Weiter' }).click()
      await page.getByRole('alert').waitFor()
      expect(
        await page
          .locator('#hits a')
          .first()
          .evaluate((element) => element.matches(':focus')),
      ).toBe(false)
    })

    test('leave the focus on the hit it is on, or as near as can be', async () => {
      const { page } = await browser.open()
      await page.goto(`${served.url}/?q=energie`)
      const first = page.locator('#hits a').first()
      const href = await first.getAttribute('href')
      for (const [more, expected] of [
        ['wende', href],
        ['xylophonist', null],
      ] as const) {
        const letGo = await held(page, new RegExp(`q=energie.*${more}`))
        await field(page).fill(`energie ${more}`)
        await page.waitForURL(new RegExp(more))
        await first.focus()
        letGo()
        await expect.poll(() => page.title()).toContain(more)
        const [at, isCount] = await page.evaluate(() => [
          document.activeElement?.getAttribute('href') ?? null,
          document.activeElement?.id === 'count',
        ])
        expect(at === href || isCount, `${at} after ${expected}`).toBe(true)
      }
    })

    test('find the box that was ticked meanwhile, wherever it is now', async () => {
      const { page } = await browser.open()
      await page.goto(`${served.url}/?q=wasser`)
      const boxes = page.getByRole('checkbox')
      const letGo = await held(page, /f\./)
      await boxes.nth(0).check()
      await boxes.nth(1).focus()
      const [name, value] = await boxes
        .nth(1)
        .evaluate((element) => [(element as HTMLInputElement).name, (element as HTMLInputElement).value])
      letGo()
      await expect.poll(() => page.evaluate(() => document.documentElement.classList.contains('waiting'))).toBe(false)
      const now = await page.evaluate(() => {
        const { name, value, id } = document.activeElement as HTMLInputElement
        return id === 'count' ? null : [name, value]
      })
      if (now !== null) expect(now).toEqual([name, value])
      expect(await focusedIn(page)).not.toBe('BODY')
    })

    test('Back before they come unticks what was ticked', async () => {
      const { page } = await browser.open()
      await page.goto(`${served.url}/?q=wasser`)
      const letGo = await held(page, /f\./)
      await page.getByRole('checkbox').first().check()
      await page.waitForURL(/f\./)
      await page.goBack()
      await expect.poll(() => page.getByRole('checkbox').first().isChecked()).toBe(false)
      letGo()
    })

    test('a box that goes away when it is unticked leaves the focus on the count', async () => {
      const { page } = await browser.open()
      await page.goto(`${served.url}/?q=xylophonist&f.tags=Energie`)
      const box = page.getByRole('checkbox', { name: /^Energie/ })
      await box.focus()
      await page.keyboard.press('Space')
      await expect.poll(() => box.count()).toBe(0)
      expect(await focusedIn(page)).toBe('count')
    })
  })

  test('“did you mean” and what helps where nothing is found', async () => {
    const { page } = await browser.open()
    await page.goto(`${served.url}/?q=gletschr`)
    await page.getByText('Meinten Sie:').waitFor()
    await page.getByRole('link', { name: 'gletscher', exact: true }).click()
    await expect.poll(() => field(page).inputValue()).toBe('gletscher')
    await expect.poll(() => page.getByText('Meinten Sie:').count()).toBe(0)
    await page.goto(`${served.url}/?q=gletscher+xylophonist&matchingStrategy=all`)
    await page.getByText('„xylophonist“ steht in keinem Artikel.').waitFor()
    await page.getByRole('link', { name: /^Ohne „xylophonist“/ }).click()
    await expect.poll(() => field(page).inputValue()).toBe('gletscher')
  })

  test('all of it works without JavaScript', async () => {
    const { page } = await browser.open({ javaScriptEnabled: false })
    await page.goto(served.url)
    await field(page).fill('gletscher')
    await page.getByRole('button', { name: 'Suchen' }).click()
    await page.waitForURL(`${served.url}/?q=gletscher&**`)
    expect(await titles(page)).toContainEqual(expect.stringContaining('Gletscher'))
    await page.goto(served.url)
    await page.getByRole('checkbox', { name: /^Küche/ }).check()
    await page.locator('#narrow').getByRole('button', { name: 'Anwenden' }).click()
    expect(await count(page)).toBe('4 Treffer')
    expect(await page.getByRole('checkbox', { name: /^Küche/ }).isChecked()).toBe(true)
    await page.locator('#sort').selectOption('date:asc')
    await page.locator('.sorting button').click()
    expect(page.url()).toContain('sort=date%3Aasc')
    await page.locator('#hits a').first().click()
    await page.locator('article h1').waitFor()
  })

  test('a server that is gone is said, and asked again', async () => {
    const { page } = await browser.open()
    await page.goto(served.url)
    await page.route('**/*', (route) => route.abort())
    await field(page).fill('gletscher')
    await page.getByRole('alert').getByText('Die Suche ist gerade nicht zu erreichen.').waitFor()
    await page.unroute('**/*')
    await page.getByRole('button', { name: 'Noch einmal versuchen' }).click()
    await expect.poll(() => titles(page)).toContainEqual(expect.stringContaining('Gletscher'))
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  })

  test('an article is readable here, and what was searched is in view', async () => {
    const { page, complaints } = await browser.open({ viewport: { width: 400, height: 300 } })
    await page.goto(`${served.url}/?q=Sachschaden`)
    await page.locator('#hits a').first().click()
    const mark = page.locator('#fund')
    await mark.waitFor()
    expect(await mark.textContent()).toBe('Sachschaden')
    await expect.poll(() => mark.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true)
    await page.getByRole('heading', { name: 'Details' }).waitFor()
    await page.getByRole('link', { name: /Zur Suche/ }).click()
    expect(await field(page).inputValue()).toBe('Sachschaden')
    expect(complaints).toEqual([])
  })
})

const WIDE = { width: 1100, height: 800 }
const STATES: readonly [name: string, path: string][] = [
  ['the newest articles', '/'],
  ['hits', '/?q=brand'],
  ['hits narrowed down', '/?f.tags=K%C3%BCche&sort=date:asc'],
  ['pages', '/?hitsPerPage=5&page=3'],
  ['a slip', '/?q=gletschr'],
  ['nothing found', '/?q=xylophonist'],
  ['a wrong filter', '/?q=a&filter=ort+%3D'],
  ['an article', '/articles/verkehrsunfall-glatteis-bamberg.txt?q=bus'],
  ['no article', '/articles/fort'],
]

describe.skipIf(noBrowser !== null)('for everybody', () => {
  const faults = async (page: Page): Promise<string[]> => {
    await page.addScriptTag({ path: AXE })
    return page.evaluate(async () => {
      const axe = (
        window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe
      const { violations } = await axe.run()
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' | ')}`)
    })
  }

  test.each(STATES)('axe finds nothing: %s, light and dark, wide and narrow', async (_, path) => {
    for (const [colorScheme, viewport] of [
      ['light', WIDE],
      ['dark', { width: 320, height: 640 }],
    ] as const) {
      const { page } = await browser.open({ colorScheme, viewport, bypassCSP: true, reducedMotion: 'reduce' })
      await page.goto(served.url + path)
      expect(await faults(page)).toEqual([])
    }
  })

  test.each(['/', '/dialog'])('axe finds nothing in the box on %s, open and closed', async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const viewport = { width: 400, height: 800 }
      const { page } = await browser.open({ colorScheme, viewport, bypassCSP: true, reducedMotion: 'reduce' })
      await page.goto(site.origin + path)
      expect(await faults(page)).toEqual([])
      await page.keyboard.press('Control+k')
      await page.locator('input[role=combobox]').fill('brand')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
      expect(await faults(page)).toEqual([])
      await page.locator('input[role=combobox]').fill('xylophonist')
      await page.getByText('Nichts gefunden').first().waitFor()
      expect(await faults(page)).toEqual([])
    }
  })

  test.each(STATES)('nothing is cut or runs out of the page at 320 pixels, and at 400 percent: %s', async (_, path) => {
    for (const options of [
      { viewport: { width: 320, height: 640 } },
      { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
    ]) {
      const { page } = await browser.open(options)
      await page.goto(served.url + path)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      expect(await layoutShift(page)).toBe(0)
    }
  })

  test('a narrow page leads to its filters, and sorts only what is there', async () => {
    const { page } = await browser.open({ viewport: { width: 360, height: 640 } })
    await page.goto(`${served.url}/?q=brand`)
    await page.getByRole('link', { name: 'Eingrenzen' }).click()
    await expect
      .poll(() => page.locator('#narrow').evaluate((element) => element.getBoundingClientRect().top < innerHeight))
      .toBe(true)
    expect(await page.locator('#sort').isVisible()).toBe(true)
    await field(page).fill('xylophonist')
    await expect.poll(() => count(page)).toBe('0 Treffer')
    expect(await page.locator('#sort').isVisible()).toBe(false)
    await field(page).fill('brand')
    await expect.poll(() => page.locator('#sort').isVisible()).toBe(true)
    await page.setViewportSize(WIDE)
    expect(await page.getByRole('link', { name: 'Eingrenzen' }).isVisible()).toBe(false)
  })

  test('in a narrow box what matched is in sight, and so are dates and the way to all hits', async () => {
    const { page } = await browser.open({ viewport: { width: 320, height: 640 } })
    await page.goto(site.origin)
    await page.keyboard.press('Control+k')
    await page.locator('input[role=combobox]').fill('energie')
    await page.getByRole('option').nth(6).waitFor()
    const cut = await page.locator('fundstelle-suche [part=snippet]').evaluateAll((snippets) =>
      snippets
        .filter((snippet) => {
          const mark = snippet.querySelector('mark')
          return mark !== null && mark.getBoundingClientRect().bottom > snippet.getBoundingClientRect().bottom + 1
        })
        .map(({ textContent }) => textContent),
    )
    expect(cut).toEqual([])
    expect(await page.getByRole('option', { name: /10\.10\.2023 · / }).count()).toBe(1)
    const isInSight = (name: RegExp): Promise<boolean> =>
      page.getByRole('option', { name }).evaluate((option) => {
        const { left, bottom } = option.getBoundingClientRect()
        return option.getRootNode() instanceof ShadowRoot
          ? (option.getRootNode() as ShadowRoot).elementFromPoint(left + 20, bottom - 8)?.closest('a') === option
          : false
      })
    expect(await isInSight(/^Auf der Suchseite zeigen$/)).toBe(true)
    // an option that is chosen is not behind it
    for (let at = 0; at < 6; at++) await page.keyboard.press('ArrowDown')
    expect(await isInSight(/^Wer sagt der Uhr/)).toBe(true)
  })

  test('in forced colours, with reduced motion and in print hits are still there', async () => {
    const { page, complaints } = await browser.open({ forcedColors: 'active', reducedMotion: 'reduce' })
    await page.goto(`${served.url}/?q=brand`)
    const background = (): Promise<string> =>
      page
        .locator('#hits mark')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(await background()).not.toBe('rgba(0, 0, 0, 0)')
    await page.emulateMedia({ media: 'print', forcedColors: 'none' })
    expect(await page.locator('#hits').isVisible()).toBe(true)
    expect(await field(page).isVisible()).toBe(true)
    expect(await page.locator('#narrow').isVisible()).toBe(false)
    expect(await page.locator('#search button').isVisible()).toBe(false)
    expect(complaints).toEqual([])
  })
})
