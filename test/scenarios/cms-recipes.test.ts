import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serving } from '../support/browser.ts'
import { projectRoot } from '../support/clean-copy.ts'
import { DocPage } from '../support/doc-blocks.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { isInstalled } from '../support/installed.ts'
import { poll, run } from '../support/program.ts'
import { CMS_CASES, type CmsCase, type Found } from './cms-recipes.cases.ts'

const PAGE = new DocPage('INDEXING.md')
const FIXTURES = fileURLToPath(new URL('../fixtures/cms/', import.meta.url))
const SITE = 'https://www.example.org'
/** Tested below, each in its own way. */
const OTHERS = ['folder', 'watch', 'remove']

/** A machine where what a page of the docs names in `/path/to` is there. */
interface Bench {
  readonly root: string
  readonly cache: string
  /** A block of the page as it is to be run here. */
  commands(step: string): string
  /** Runs commands in the folder of the project. */
  shell(commands: string, folder?: string): Promise<{ code: number | null; out: string }>
  /** Title and address of each article that has a word, in the order of the titles. */
  found(word: string): Promise<Found[]>
}

function bench(): Bench {
  const root = temporaryFolder()
  const cache = join(root, 'cache')
  const env = { ...process.env, FUNDSTELLE_CACHE: cache, FUNDSTELLE_LANG: 'en' }
  return {
    root,
    cache,
    commands: (step) => PAGE.block(step).replaceAll('/path/to', root),
    async shell(commands, folder = projectRoot) {
      const child = spawn('sh', ['-c', commands], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      let out = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          out += text
        })
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, out }
    },
    async found(word) {
      const { code, out, err } = await run(['search', word, '--json', '--limit', '100', '--cache', cache])
      if (code !== 0) throw new Error(err)
      const { hits } = JSON.parse(out) as { hits: { title: string; url: string | null }[] }
      return hits.map(({ title, url }): Found => [title, url]).sort(([a], [b]) => (a < b ? -1 : 1))
    },
  }
}

/** Puts the folders and files of a case where the page has them. */
function place({ files }: CmsCase, { root }: Bench): void {
  for (const [from, to] of Object.entries(files)) {
    mkdirSync(dirname(join(root, to)), { recursive: true })
    cpSync(join(FIXTURES, from), join(root, to), { recursive: true })
  }
  writeFiles(root, { 'site/.fundstelleignore': PAGE.block('.fundstelleignore') })
}

/** What a site answers to everybody: files of a folder by their paths, and WordPress's lists in pages of one. */
async function siteOf(folder: string): Promise<string> {
  const { origin, close } = await serving((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', SITE)
    const rest = /^\/wp-json\/wp\/v2\/(posts|pages)$/.exec(pathname)?.[1]
    const file = join(
      FIXTURES,
      folder,
      rest ? `${rest}.json` : pathname.endsWith('/') ? `${pathname}index.html` : pathname,
    )
    const isThere = existsSync(file) && (rest === undefined || searchParams.get('page') === '1')
    response.writeHead(isThere ? 200 : rest ? 400 : 404, { 'content-type': rest ? 'application/json' : 'text/html' })
    response.end(isThere ? readFileSync(file) : 'nicht da')
  })
  onTestFinished(close)
  return origin
}

/** The commands that ask the site ask the one of the test; addresses that are given stay. */
const asking = (commands: string, origin: string): string =>
  commands.replaceAll(/^(?! *npx).*$/gm, (line) => line.replaceAll(SITE, origin))

describe('the commands of docs/INDEXING.md', () => {
  test('each of them is run here', () => {
    expect(PAGE.steps.toSorted()).toEqual([...Object.keys(CMS_CASES), ...OTHERS].toSorted())
    expect(PAGE.shellBlockCount).toBe(PAGE.steps.length)
    expect(PAGE.indentedCode).toEqual([])
  })

  test.each(Object.entries(CMS_CASES))('%s', async (step, one) => {
    if (one.program !== undefined && !isInstalled(one.program)) return
    const on = bench()
    place(one, on)
    const origin = one.site === undefined ? SITE : await siteOf(one.site)
    const { code, out } = await on.shell(asking(on.commands(step), origin))
    expect(code, out).toBe(0)
    expect(await on.found(one.word)).toEqual(one.found)
    for (const words of one.told) expect(out).toContain(words)
    expect(out).not.toContain('refused  ')
    for (const word of one.gone ?? []) expect(await on.found(word), word).toEqual([])
    for (const word of one.kept ?? []) expect(await on.found(word), word).toHaveLength(1)
  })

  test('what a build leaves out goes with the same command, and only what changed is taken in', async () => {
    const on = bench()
    const one = CMS_CASES['hugo'] as CmsCase
    place(one, on)
    await on.shell(on.commands('hugo'))
    const page = join(on.root, 'site/public/artikel/laterne/index.html')
    // a build writes every file anew
    cpSync(join(FIXTURES, 'hugo/public'), join(on.root, 'site/public'), { recursive: true })
    writeFiles(on.root, {
      'site/public/artikel/laterne/index.html': readFileSync(page, 'utf8').replace('jeden Morgen', 'jeden Abend'),
    })
    const { out } = await on.shell(`rm -r ${join(on.root, 'site/public/artikel/roter-sand')}; ${on.commands('hugo')}`)
    expect(out).toContain('Articles: 0 new, 1 changed, 1 removed')
    expect((await on.found(one.word)).map(([title]) => title)).not.toContain('Der Leuchtturm von Roter Sand')
  })

  test('postbuild of npm', async () => {
    const on = bench()
    place(CMS_CASES['astro'] as CmsCase, on)
    const { scripts } = JSON.parse(
      PAGE.block('package.json')
        .replaceAll('/path/to/fundstelle/index-cache', on.cache)
        .replaceAll('/path/to/fundstelle', projectRoot),
    ) as { scripts: Record<string, string> }
    expect(scripts['build']).toBe('astro build')
    // what Astro builds lies there already
    writeFiles(on.root, {
      'site/package.json': JSON.stringify({ scripts: { ...scripts, build: 'node --version' } }),
    })
    const { code, out } = await on.shell('npm run build', join(on.root, 'site'))
    expect(code, out).toBe(0)
    expect(await on.found('Sauerteig')).toEqual(CMS_CASES['astro']?.found)
  })

  test('a folder is read, and taken out again', async () => {
    const on = bench()
    writeFiles(on.root, { 'articles/a.md': '# Ein Fund\n\nDer Leuchtturm brennt.' })
    expect((await on.shell(on.commands('folder'))).code).toBe(0)
    expect(await on.found('Leuchtturm')).toEqual([['Ein Fund', null]])
    expect((await on.shell(on.commands('remove'))).code).toBe(0)
    expect(await on.found('Leuchtturm')).toEqual([])
    expect(existsSync(join(on.root, 'articles/a.md'))).toBe(true)
  })

  test('a folder is watched', async () => {
    const on = bench()
    writeFiles(on.root, { 'articles/a.md': '# Ein Fund\n\nDer Leuchtturm brennt.' })
    const child = spawn('sh', ['-c', on.commands('watch')], {
      cwd: projectRoot,
      env: { ...process.env, FUNDSTELLE_CACHE: on.cache, FUNDSTELLE_PORT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
      // npx hands no signal on: what it starts is ended with it as a group
      detached: true,
    })
    onTestFinished(async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await once(child, 'close')
    })
    let out = ''
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(out)))
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
        const [address] = /http:\/\/\S+/.exec(out) ?? []
        if (address !== undefined) resolve(address)
      })
    })
    const hits = async (word: string): Promise<number> =>
      ((await (await fetch(`${url}/search?q=${word}`)).json()) as { totalHits: number }).totalHits
    await poll(async () => (await hits('Leuchtturm')) === 1, 60_000)
    writeFiles(on.root, { 'articles/b.md': '# Noch einer\n\nAuch der Quittenbaum brennt.' })
    await poll(async () => (await hits('Quittenbaum')) === 1, 60_000)
  })

  test('commands within sentences have options that there are', async () => {
    expect(PAGE.inlineCommands.length).toBeGreaterThan(0)
    for (const [command = '', ...words] of PAGE.inlineCommands) {
      const { code, out } = await run(['help', command])
      expect(code).toBe(0)
      for (const word of words.filter((one) => one.startsWith('--'))) expect(out).toContain(word)
    }
  })
})
