import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { hostSite, noBrowser, withBrowser } from '../support/browser.ts'
import { projectRoot } from '../support/clean-copy.ts'
import { DocPage } from '../support/doc-blocks.ts'
import { makeFolder, removeFolder, temporaryFolder, writeFiles } from '../support/folders.ts'
import { freePort, untilOk } from '../support/http.ts'
import { isInstalled } from '../support/installed.ts'
import { run, serve } from '../support/program.ts'

const PAGE = new DocPage('EINBINDEN.md')
const block = (name: string): string => PAGE.block(name)
const SEEDS = new URL('../../seeds', import.meta.url).pathname

const browser = withBrowser()

let cache = ''
beforeAll(async () => {
  const root = makeFolder()
  cache = join(root, 'cache')
  // step one, as it is written: index, then serve for the one site
  const [index = ''] = block('einzeln').split('\n')
  const words = index.replace('/pfad/zu/den/artikeln', SEEDS).split(' ').slice(2)
  expect((await run([...words, '--cache', cache])).code).toBe(0)
  return () => removeFolder(root)
})

async function searches(page: Page): Promise<void> {
  await page.locator('input[role=combobox]').fill('gletscher')
  await page.getByRole('option', { name: /Deutschlands letzte Gletscher/ }).waitFor()
}

/** Ends with its test. */
function daemon(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, words, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
    timeout: 120_000,
  })
  onTestFinished(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  return child
}

describe.skipIf(noBrowser !== null)(`recipes${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  test('plain HTML on another origin, step by step', async () => {
    const pages: Record<string, string> = {}
    const site = await hostSite(pages)
    onTestFinished(() => site.close())
    const [, start = ''] = block('einzeln').split('\n')
    const words = start.replace('https://www.beispiel.de', site.origin).split(' ').slice(3)
    const served = await serve(cache, ...words)
    const html = block('index.html').replaceAll('https://suche.beispiel.de', served.url)
    pages['/'] = html
    const { page, complaints } = await browser.open()
    await page.goto(site.origin)
    await searches(page)
    expect(complaints).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(`${served.url}/?q=gletscher`)
    // with the script of just this version, and its hash
    const printed = (await run(['embed', served.url])).out
    pages['/fest'] = html
      .replace(/<script.*<\/script>/, '')
      .replace(/<fundstelle-suche>[\s\S]*<\/fundstelle-suche>/, printed)
    await page.goto(`${site.origin}/fest`)
    await searches(page)
    pages['/falsch'] = pages['/fest'].replace(/sha384-...../, 'sha384-AAAAA')
    await page.goto(`${site.origin}/falsch`)
    expect(await page.locator('form input[name=q]').isVisible()).toBe(true)
    expect(await page.locator('input[role=combobox]').count()).toBe(0)
  })

  test('plain HTML in one step, from the folder of the project', async () => {
    const pages: Record<string, string> = {}
    const [site, stranger] = [await hostSite(pages), await hostSite(pages)]
    onTestFinished(async () => {
      await site.close()
      await stranger.close()
    })
    const port = await freePort()
    const command = block('starten')
      .replace('/pfad/zu/den/artikeln', SEEDS)
      .replace('https://www.beispiel.de', site.origin)
    const child = spawn('sh', ['-c', command], {
      cwd: projectRoot,
      env: { ...process.env, FUNDSTELLE_CACHE: join(temporaryFolder(), 'cache'), FUNDSTELLE_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
      // npm hands no signal on: what it starts is ended with it as a group
      detached: true,
    })
    let log = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
    onTestFinished(async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await once(child, 'close')
    })
    const server = `http://127.0.0.1:${port}`
    await untilOk(`${server}/ready`, 60_000)
    pages['/'] = block('index.html').replaceAll('https://suche.beispiel.de', server)
    const { page, complaints } = await browser.open()
    await page.goto(site.origin)
    await searches(page)
    expect(complaints).toEqual([])
    // a site that was forgotten is told of on both sides
    await page.goto(stranger.origin)
    await page.locator('input[role=combobox]').fill('gletscher')
    await page.getByText('Die Suche ist gerade nicht zu erreichen.').first().waitFor()
    await expect.poll(() => log).toContain(`"origin":"${stranger.origin}","msg":"a page of another site asks in vain`)
    expect(log).not.toContain(site.origin)
  })

  test.each([
    ['nginx', 'nginx.conf'],
    ['caddy', 'Caddyfile'],
  ] as const)('behind %s, below a path of the same site', async (program, name) => {
    if (!isInstalled(program)) return
    const folder = temporaryFolder()
    const html = join(folder, 'html')
    mkdirSync(html)
    const served = await serve(cache)
    const port = await freePort()
    const origin = `http://127.0.0.1:${port}`
    const own = block(name).replace('/var/www/html', html).replace('127.0.0.1:3000', new URL(served.url).host)
    writeFiles(html, { 'index.html': block('hinter-proxy.html'), 'favicon.ico': '' })
    if (program === 'nginx') {
      const server = own.replace('listen 80', `listen 127.0.0.1:${port}`)
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (one) => `${one}_temp_path ${folder}/${one};`,
      )
      writeFiles(folder, {
        'main.conf': `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${folder}/pid; error_log stderr error; events {} http { access_log off; ${places.join(' ')} types { text/html html; } ${server} }`,
      })
      daemon('nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'main.conf')])
    } else {
      writeFiles(folder, {
        Caddyfile: `{\n  admin off\n  auto_https off\n  log {\n    level ERROR\n  }\n}\n${own.replace('www.beispiel.de', `http://127.0.0.1:${port}`)}`,
      })
      daemon('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
        HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
      })
    }
    await untilOk(`${origin}/suche/ready`, 20_000)
    const { page, complaints, requests } = await browser.open()
    await page.goto(origin)
    await searches(page)
    // an article without an address of its own is read below the path too
    await page.locator('input[role=combobox]').fill('Sachschaden Schulbus')
    await page
      .getByRole('option', { name: /Schulbus/ })
      .first()
      .click()
    await page.waitForURL(/\/suche\/articles\//)
    expect(await page.locator('mark').count()).toBeGreaterThan(0)
    await page.getByRole('link', { name: /Zur Suche/ }).click()
    await page.waitForURL(`${origin}/suche/?q=**`)
    // the slashes of ids are escaped in addresses, and stay so
    await page.goto(`${origin}/suche/?q=gr%C3%BCne+so%C3%9Fe+%26+kr%C3%A4uter`)
    await page.getByRole('link', { name: /Grüne Soße/ }).click()
    await page.waitForURL(/\/suche\/articles\/artikel%2Frezepte%2Ffrankfurter-gruene-sosse\.md/)
    await page.locator('article h1').waitFor()
    await page.getByRole('link', { name: /Zur Suche/ }).click()
    await page.waitForURL(`${origin}/suche/?q=**`)
    await page.locator('#q').fill('gletscher')
    await expect.poll(() => page.title()).toBe('gletscher – Suche')
    expect(page.url()).toBe(`${origin}/suche/?q=gletscher`)
    const missing = await fetch(`${origin}/suche/articles/https%3A%2F%2Fbeispiel.example%2F%2Fa%20b%2520c?lang=de`)
    expect(await missing.json()).toMatchObject({
      detail: expect.stringContaining('„https://beispiel.example//a b%20c“'),
    })
    expect(await (await fetch(`${origin}/suche/opensearch.xml`)).text()).toContain(
      `template="${origin}/suche/?q={searchTerms}"`,
    )
    expect(requests.every((url) => url.startsWith(origin))).toBe(true)
    expect(complaints).toEqual([])
  })
})
