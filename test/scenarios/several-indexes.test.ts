import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MASTER_KEY } from '../support/books.ts'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'
import { run, type Served, serveForAll } from '../support/program.ts'

// One cache folder, several indexes: the site's own articles, and others by name.

let root: string
let cache: string
let served: Served
beforeAll(async () => {
  root = makeFolder()
  cache = join(root, 'cache')
  writeFiles(root, {
    'artikel/hafen.md': '# Der Hafen\n\nSchiffe liegen am Kai.',
    'produkte/stuhl.md': '# Stuhl aus Buche\n\nVier Beine, eine Lehne.',
  })
  expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
  expect((await run(['index', '--cache', cache, '--index', 'produkte', join(root, 'produkte')])).code).toBe(0)
  served = await serveForAll(cache, { FUNDSTELLE_MASTER_KEY: MASTER_KEY })
})
afterAll(async () => {
  await served.end()
  removeFolder(root)
})

const asked = (path: string, key?: string): Promise<Response> =>
  fetch(served.url + path, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } })

const titlesOf = async (response: Response): Promise<string[]> =>
  ((await response.json()) as { hits: { title: string }[] }).hits.map(({ title }) => title)

describe('on the command line', () => {
  test('each index has its own articles', async () => {
    const search = async (...words: string[]): Promise<string> =>
      (await run(['search', '--cache', cache, '--json', ...words])).out
    expect(JSON.parse(await search('Stuhl', '--index', 'produkte'))).toMatchObject({ totalHits: 1 })
    expect(JSON.parse(await search('Stuhl'))).toMatchObject({ totalHits: 0 })
    expect((await run(['check', '--cache', cache, '--index', 'produkte'])).code).toBe(0)
  })

  test('an index that nobody has made is no empty one', async () => {
    const { code, err } = await run(['search', '--cache', cache, '--index', 'anderes', 'x'])
    expect([code, err]).toEqual([1, 'fundstelle: Einen Index „anderes“ gibt es nicht.\n'])
    expect((await run(['search', '--cache', cache, '--index', 'über', 'x'])).code).toBe(2)
  })
})

describe('over HTTP', () => {
  test('the articles are open to everybody, other indexes to keys alone', async () => {
    expect(await titlesOf(await asked('/search?q=Schiff'))).toEqual(['Der Hafen'])
    expect((await asked('/search?q=Stuhl&index=produkte')).status).toBe(401)
    expect((await asked('/suggest?q=St&index=produkte', 'falsch')).status).toBe(403)
    expect(await titlesOf(await asked('/search?q=Stühle&index=produkte', MASTER_KEY))).toEqual(['Stuhl aus Buche'])
    expect((await asked('/search?q=x&index=anderes', MASTER_KEY)).status).toBe(404)
  })

  test('pages lead on within their index', async () => {
    const page = await (await asked('/?q=Stuhl&index=produkte', MASTER_KEY)).text()
    expect(page).toContain('articles/stuhl.md?q=Stuhl&amp;index=produkte')
    const article = await (
      await fetch(`${served.url}/articles/stuhl.md?index=produkte`, {
        headers: { authorization: `Bearer ${MASTER_KEY}`, accept: 'text/html' },
      })
    ).text()
    expect(article).toContain('<input type="hidden" name="index" value="produkte">')
  })

  test('Meilisearch’s routes know both', async () => {
    const { results } = (await (await asked('/indexes', MASTER_KEY)).json()) as { results: { uid: string }[] }
    expect(results.map(({ uid }) => uid)).toEqual(['articles', 'produkte'])
    const found = (await (await asked('/indexes/articles/search?q=hafen', MASTER_KEY)).json()) as { hits: object[] }
    expect(found.hits).toMatchObject([{ id: 'hafen.md', title: 'Der Hafen' }])
  })
})

test('another index can be the one in use', async () => {
  const other = await serveForAll(cache, '--index', 'produkte')
  try {
    expect(await other.hits('Lehne')).toBe(1)
    expect(await other.hits('Schiffe')).toBe(0)
  } finally {
    await other.end()
  }
})
