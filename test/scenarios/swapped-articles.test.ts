import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { poll, run, type Served, start } from '../support/program.ts'

// Programs write a new state into an index of another name and swap the names: from then on `articles` is the new one, for Fundstelle's own
// routes too.

const KEY = 'hauptschluessel-der-szenarien'
/** Far above what is promised (a second). */
const DEADLINE_MS = 30_000

let root = ''
let cache = ''
beforeEach(async () => {
  root = temporaryFolder()
  cache = join(root, 'cache')
  writeFiles(root, { 'artikel/hafen.md': '# Der Hafen\n\nSchiffe liegen am Kai.' })
  expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
})

class Server {
  readonly #program: ReturnType<typeof start>
  readonly #url: string

  private constructor(program: ReturnType<typeof start>, url: string) {
    this.#program = program
    this.#url = url
  }

  static async start(...words: string[]): Promise<Server> {
    const program = start(['serve', '--cache', cache, '--port', '0', ...words], { FUNDSTELLE_MASTER_KEY: KEY })
    const [url] = await program.until('out', /http:\/\/\S+/)
    return new Server(program, url as string)
  }

  /** Over a connection of its own: with several processes each asks the next one. */
  ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#url + path, { headers: { connection: 'close', ...headers } })
  }

  async titles(q: string): Promise<string[]> {
    const response = await this.ask(`/search?q=${q}`)
    expect(response.status).toBe(200)
    return ((await response.json()) as { hits: { title: string }[] }).hits.map(({ title }) => title)
  }

  /** Sends a task, and waits until it has succeeded. */
  async does(method: string, path: string, body?: unknown): Promise<void> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const response = await fetch(this.#url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const { taskUid } = (await response.json()) as { taskUid: number }
    let status = ''
    await poll(async () => {
      const task = await fetch(`${this.#url}/tasks/${taskUid}`, { headers })
      status = ((await task.json()) as { status: string }).status
      return !['enqueued', 'processing'].includes(status)
    }, DEADLINE_MS)
    expect(status).toBe('succeeded')
  }

  async post(path: string, body: unknown): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const response = await fetch(this.#url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as Record<string, unknown>
  }

  /** A new state under another name. */
  async prepare(): Promise<void> {
    const document = { id: 'stuhl', title: 'Stuhl aus Buche', text: 'Vier Beine, eine Lehne.' }
    await this.does('POST', '/indexes/neu/documents', [document])
  }

  hasSaid(what: RegExp): Promise<unknown> {
    return this.#program.until('err', what)
  }

  end(): ReturnType<Served['end']> {
    return this.#program.end()
  }
}

const swap = [{ indexes: ['articles', 'neu'] }]

describe.each([[[]], [['--processes', '2', '--threads', '1']]])('serve %s', (words) => {
  test('serves what is called articles now, without a restart and after one', async () => {
    const served = await Server.start(...words)
    await served.prepare()
    expect(await served.titles('Schiff')).toEqual(['Der Hafen'])
    const { etag } = Object.fromEntries((await served.ask('/search?q=Stuhl')).headers)
    await served.does('POST', '/swap-indexes', swap)
    for (const server of [served, undefined]) {
      const asked = server ?? (await Server.start(...words))
      // each process, and each of its threads, is asked
      for (let turn = 0; turn < 4; turn++) {
        expect(await asked.titles('Schiff')).toEqual([])
        expect(await asked.titles('Stuhl')).toEqual(['Stuhl aus Buche'])
      }
      expect(await (await asked.ask('/?q=Stuhl')).text()).toContain('</mark> aus Buche')
      expect((await asked.ask('/search?q=Stuhl', { 'if-none-match': etag as string })).status).toBe(200)
      expect((await (await asked.ask('/suggest?q=Stu')).json()) as object).toMatchObject({
        suggestions: [{ text: 'Stuhl' }, { text: 'Stuhl aus Buche' }],
      })
      expect((await asked.ask('/articles/stuhl')).status).toBe(200)
      expect((await asked.ask('/articles/hafen.md')).status).toBe(404)
      // what has the old name's articles now is open to keys alone
      expect((await asked.ask('/search?q=Schiff&index=neu')).status).toBe(401)
      const old = await asked.ask('/search?q=Schiff&index=neu', { authorization: `Bearer ${KEY}` })
      expect((await old.json()) as object).toMatchObject({ hits: [{ title: 'Der Hafen' }] })
      await asked.end()
    }
    const { out } = await run(['search', '--cache', cache, '--json', 'Stuhl'])
    expect(JSON.parse(out)).toMatchObject({ totalHits: 1 })
    expect((await run(['check', '--cache', cache])).code).toBe(0)
  })
})

test('what comes later is found, and swapped back the articles of before are', async () => {
  const served = await Server.start()
  await served.prepare()
  await served.does('POST', '/swap-indexes', swap)
  expect(await served.titles('Tisch')).toEqual([])
  const etag = (await served.ask('/search?q=Tisch')).headers.get('etag') as string
  expect((await served.ask('/search?q=Tisch', { 'if-none-match': etag })).status).toBe(304)
  await served.does('POST', '/indexes/articles/documents', [{ id: 'tisch', title: 'Tisch aus Eiche' }])
  expect(await served.titles('Tisch')).toEqual(['Tisch aus Eiche'])
  expect((await served.ask('/search?q=Tisch', { 'if-none-match': etag })).status).toBe(200)
  await served.does('POST', '/swap-indexes', swap)
  expect(await served.titles('Schiff')).toEqual(['Der Hafen'])
  await served.end()
})

test('what was called articles and is called otherwise is no open index', async () => {
  const served = await Server.start()
  await served.does('PATCH', '/indexes/articles', { uid: 'archiv' })
  expect((await served.ask('/search?q=Schiff')).status).toBe(404)
  expect((await served.ask('/articles/hafen.md')).status).toBe(404)
  await served.end()
  const again = await Server.start()
  expect((await again.ask('/search?q=Schiff')).status).toBe(404)
  await again.does('POST', '/indexes/articles/documents', [{ id: 'stuhl', title: 'Stuhl aus Buche' }])
  expect(await again.titles('Stuhl')).toEqual(['Stuhl aus Buche'])
  await again.end()
})

test('what is watched goes to what is called articles', async () => {
  const served = await Server.start('--watch', join(root, 'artikel'))
  await served.prepare()
  await served.does('POST', '/swap-indexes', swap)
  // until it is noticed, within a second, changes go to the one of before
  await served.hasSaid(/what is watched goes there/)
  writeFiles(root, { 'artikel/leuchtturm.md': '# Der Leuchtturm\n\nEr leuchtet.' })
  await poll(async () => (await served.titles('Leuchtturm')).length === 1, DEADLINE_MS)
  const old = await served.ask('/search?q=Leuchtturm&index=neu', { authorization: `Bearer ${KEY}` })
  expect((await old.json()) as object).toMatchObject({ totalHits: 0 })
  await served.end()
})

test('files that are read into an index of documents have the fields of files, and documents alone have their attributes', async () => {
  const served = await Server.start()
  const settings = { filterableAttributes: ['author', 'date'] }
  await served.does('PATCH', '/indexes/neu/settings', settings)
  await served.does('POST', '/indexes/neu/documents', [
    { id: 'stuhl', title: 'Stuhl aus Buche', author: { name: 'Thonet' }, date: 'gestern' },
  ])
  await served.does('PATCH', '/indexes/articles/settings', settings)
  const found = async (filter: string): Promise<string[]> => {
    const { hits } = await served.post('/indexes/articles/search', { q: '', filter })
    return (hits as { id: string }[]).map(({ id }) => id)
  }
  await served.does('POST', '/swap-indexes', swap)
  expect(await found('date = gestern')).toEqual(['stuhl'])
  writeFiles(root, { 'artikel/kran.md': '---\nauthor: Ida Kranz\ndate: 2026-01-05\n---\n# Der Kran\n\nEr hebt.' })
  expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
  expect(await found('author = "Ida Kranz"')).toEqual(['kran.md'])
  expect(await found('date = 2026-01-05')).toEqual(['kran.md'])
  await served.end()
})

test('what waits for its moment in an index whose name was swapped appears there, also after a restart', async () => {
  const planned = (moment: string, word: string): string =>
    `---\ntitle: ${word}\npublishDate: ${moment}\n---\n\nKommt noch.`
  const soon = new Date(Date.now() + 20_000).toISOString()
  writeFiles(root, { 'artikel/regatta.md': planned(soon, 'Regatta') })
  expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
  const served = await Server.start()
  await served.prepare()
  await served.does('POST', '/swap-indexes', swap)
  await served.end()
  const again = await Server.start()
  const hits = async (): Promise<number> => {
    const answer = await again.ask('/search?q=Regatta&index=neu', { authorization: `Bearer ${KEY}` })
    return ((await answer.json()) as { totalHits: number }).totalHits
  }
  await poll(async () => {
    const isFound = (await hits()) === 1
    if (isFound) expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(soon))
    return isFound
  }, DEADLINE_MS * 3)
  await again.end()
})
