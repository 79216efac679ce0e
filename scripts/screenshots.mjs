// Takes the pictures in docs/bilder: the search page, an article and the search box, light and dark, wide and narrow, over the
// articles in seeds. Needs Chromium (CHROMIUM names another than /usr/bin/chromium; with its German texts, in Debian the package
// chromium-l10n) and a built project.
// usage: node scripts/screenshots.mjs [FOLDER]
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [folder = join(root, 'docs', 'bilder')] = process.argv.slice(2)
const program = join(root, 'dist', 'cli', 'main.js')
const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-bilder-'))
const cache = join(scratch, 'cache')

const site = createServer(({ url }, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(page.replace('MODE', url === '/dialog' ? 'mode="dialog"' : ''))
}).listen(0, '127.0.0.1')
await once(site, 'listening')
const origin = `http://127.0.0.1:${site.address().port}`

execFileSync(process.execPath, [program, 'index', '--cache', cache, join(root, 'seeds')], { stdio: 'ignore' })
const server = spawn(process.execPath, [program, 'serve', '--cache', cache, '--port', '0', '--allow-origin', origin], {
  stdio: ['ignore', 'pipe', 'ignore'],
})
let address = ''
for await (const line of createInterface({ input: server.stdout })) {
  address = /http:\/\/\S+/.exec(line)?.[0] ?? ''
  if (address !== '') break
}
const page = `<!doctype html><html lang="de"><meta name="viewport" content="width=device-width"><title>Stadtmagazin</title>
<style>:root{color-scheme:light dark}body{font:1.05rem/1.6 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem}header{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;justify-content:space-between}fundstelle-suche{width:20rem;max-width:100%}p{max-width:38rem}</style>
<script src="${address}/embed.js" defer></script>
<header><b>Stadtmagazin</b><fundstelle-suche MODE></fundstelle-suche></header>
<h1>Die Stadt von oben</h1>
<p>Wer den Turm am Rathaus hinaufsteigt, sieht den Fluss, die beiden Brücken und dahinter die Hügel, auf denen im Herbst der Wein steht. Unten auf dem Markt bauen die Händler ihre Stände auf, und um halb sieben riecht es schon nach Brot.</p>
<p>Die Aussicht hat sich verändert: Wo früher der Güterbahnhof lag, wächst heute ein Park, und auf den Dächern der Schule glänzen die ersten Solarmodule.</p></html>`

const WIDE = { width: 1100, height: 760 }
const NARROW = { width: 360, height: 740 }
const ARTICLE = '/articles/verkehrsunfall-glatteis-bamberg.txt?q=bus+verletzt'

/** By name the address and what is done there. */
const VIEWS = {
  suche: [() => `${address}/?q=energie`],
  neueste: [() => `${address}/?f.tags=K%C3%BCche`],
  leer: [() => `${address}/?q=gletschr+xylophonist&matchingStrategy=all`],
  artikel: [() => address + ARTICLE],
  feld: [() => origin, (tab) => typed(tab, 'energie')],
  'feld-leer': [() => origin, (tab) => typed(tab, 'xylophonist')],
  dialog: [() => `${origin}/dialog`, (tab) => typed(tab, 'energie')],
}

async function typed(tab, text) {
  await tab.locator('fundstelle-suche [part=opener], fundstelle-suche input').first().waitFor()
  await tab.keyboard.press('Control+k')
  await tab.locator('input[role=combobox]').fill(text)
  await tab.locator('[part=option], [part=message]:not([hidden])').first().waitFor()
  if ((await tab.getByRole('option').count()) > 0) await tab.keyboard.press('ArrowDown')
}

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  env: { ...process.env, LANGUAGE: 'de', LANG: 'de_DE.UTF-8' },
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
    // what the browser itself draws, such as fields for dates
    '--lang=de',
  ],
})
try {
  for (const [name, [url, act = async () => {}]] of Object.entries(VIEWS)) {
    for (const [look, options] of [
      ['hell', { colorScheme: 'light', viewport: WIDE }],
      ['dunkel', { colorScheme: 'dark', viewport: WIDE }],
      ['schmal', { colorScheme: 'light', viewport: NARROW, deviceScaleFactor: 2 }],
    ]) {
      const context = await browser.newContext({ locale: 'de-DE', reducedMotion: 'reduce', ...options })
      const tab = await context.newPage()
      await tab.goto(url())
      await act(tab)
      await tab.screenshot({ path: join(folder, `${name}-${look}.png`) })
      await context.close()
    }
  }
} finally {
  await browser.close()
  server.kill('SIGTERM')
  await once(server, 'exit')
  site.close()
  site.closeAllConnections()
  rmSync(scratch, { recursive: true, force: true })
}
