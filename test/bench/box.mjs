// What the search page and the search box cost a reader: bytes, requests, and the time from the press of a key to hits that are
// painted, in headless Chromium on the same machine, over passages of German laws.
// usage: node test/bench/box.mjs [PASSAGES, else 4000]; CHROMIUM names another browser than /usr/bin/chromium
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { randomOf } from './random.mjs'
import { numbers, program, said, serve } from './search/served.mjs'
import { passages } from './texts.mjs'

const [size = '4000'] = process.argv.slice(2)
const QUERIES = 40
const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-box-'))
const texts = passages(Number(size))
const lines = join(scratch, 'texts.jsonl')
writeFileSync(
  lines,
  texts
    .map((text, id) => JSON.stringify({ id: String(id), title: text.split(' ').slice(0, 6).join(' '), text }))
    .join('\n'),
)
const cache = join(scratch, 'cache')
execFileSync(process.execPath, [program, 'index', lines, '--cache', cache, '--max-file-mb', '500'], { stdio: 'ignore' })

let page = ''
const site = createServer((_, response) =>
  response.setHeader('content-type', 'text/html; charset=utf-8').end(page),
).listen(0, '127.0.0.1')
await once(site, 'listening')
const origin = `http://127.0.0.1:${site.address().port}`
const { address, stop } = await serve(cache, '--allow-origin', origin)
page = `<!doctype html><html lang="de"><title>x</title><script src="${address}/embed.js" defer></script><link rel="icon" href="data:,"><fundstelle-suche></fundstelle-suche></html>`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ],
})

/** Words as they are typed, a letter at a time. */
function queries() {
  const random = randomOf(7)
  return Array.from({ length: QUERIES }, () =>
    random.pick(random.pick(texts).match(/\p{L}{6,12}/gu) ?? ['Gesetz']).toLowerCase(),
  )
}

/** Opens an address; tells what came over the wire. */
async function opened(url) {
  const context = await browser.newContext({ locale: 'de-DE', viewport: { width: 1100, height: 800 } })
  const tab = await context.newPage()
  const session = await context.newCDPSession(tab)
  await session.send('Network.enable')
  const wire = { requests: 0, bytes: 0 }
  session.on('Network.requestWillBeSent', () => (wire.requests += 1))
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (wire.bytes += encodedDataLength))
  await tab.goto(url)
  await tab.waitForLoadState('networkidle')
  return { tab, context, wire }
}

/** From the press of the last letter to the frame after its hits are there. */
async function typed(tab, field, isShown) {
  const ms = []
  for (const word of queries()) {
    await tab.locator(field).fill('')
    await tab.locator(field).pressSequentially(word.slice(0, -1), { delay: 40 })
    await tab.waitForTimeout(200)
    await tab.evaluate(
      ([shown, wanted]) => {
        const isThere = new Function('wanted', `return ${shown}`)
        window.pressed = new Promise((resolve) => {
          addEventListener(
            'keydown',
            () => {
              const from = performance.now()
              const look = () =>
                isThere(wanted)
                  ? requestAnimationFrame(() => resolve(performance.now() - from))
                  : requestAnimationFrame(look)
              look()
            },
            { once: true, capture: true },
          )
        })
      },
      [isShown, word],
    )
    await tab.keyboard.type(word.at(-1))
    ms.push(
      await tab.evaluate(() =>
        Promise.race([window.pressed, new Promise((resolve) => setTimeout(resolve, 3000, 3000))]),
      ),
    )
  }
  return numbers(ms)
}

try {
  console.log(`${size} passages; milliseconds p50, p95, p99 of ${QUERIES} words`)
  for (const [name, url, field, isShown] of [
    ['search page', `${address}/`, '#q', "document.title.startsWith(wanted + ' ')"],
    [
      'box on another origin',
      `${origin}/`,
      'input[role=combobox]',
      "[...document.querySelector('fundstelle-suche').shadowRoot.querySelectorAll('[role=status]')].some((one) => one.textContent !== '') && document.querySelector('fundstelle-suche').shadowRoot.querySelector('input').value === wanted && window.answered === wanted",
    ],
  ]) {
    const { tab, context, wire } = await opened(url)
    await tab.evaluate(() => addEventListener('fundstelle-search', (event) => (window.answered = event.detail.query)))
    const timing = await tab.evaluate(() => {
      const { responseEnd, loadEventEnd } = performance.getEntriesByType('navigation')[0]
      return { responseEnd, loadEventEnd }
    })
    const loaded = `${wire.requests} requests, ${wire.bytes} bytes; document in ${timing.responseEnd.toFixed(0)} ms, loaded in ${timing.loadEventEnd.toFixed(0)} ms`
    const before = { ...wire }
    const ms = await typed(tab, field, isShown)
    const shift = await tab.evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list) =>
            resolve(
              list
                .getEntries()
                .filter((one) => !one.hadRecentInput)
                .reduce((sum, { value }) => sum + value, 0),
            ),
          ).observe({ type: 'layout-shift', buffered: true })
          setTimeout(resolve, 200, 0)
        }),
    )
    console.log(`  ${name}: ${loaded}`)
    console.log(
      `    key to hits on the screen ${said(ms)}; ${((wire.bytes - before.bytes) / (wire.requests - before.requests)).toFixed(0)} bytes a search; layout shift ${shift}`,
    )
    await context.close()
  }
} finally {
  await browser.close()
  await stop()
  site.close()
  site.closeAllConnections()
  rmSync(scratch, { recursive: true, force: true })
}
