import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedArticle, keywordOf, seededRandom } from '../support/corpus.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { isReady, poll, run, serve, start } from '../support/program.ts'

const ARTICLES = 2000
const KILLS = 20
/** Rounds after which the cache is thrown away, so that a first run is killed as well as an update. */
const ROUNDS_A_CACHE = 5

test('whenever `index` is killed, what is there is sound, served, and completed by the next run', async () => {
  const random = seededRandom(20_241_123)
  const root = temporaryFolder()
  const versions = new Map<number, number>()
  const path = (number: number): string => `${number % 30}/${number}.txt`
  const write = (numbers: Iterable<number>, version: number): void => {
    const contents: Record<string, string> = {}
    for (const number of numbers) {
      versions.set(number, version)
      contents[path(number)] = generatedArticle(number, version, random)
    }
    writeFiles(root, contents)
  }
  write(Array(ARTICLES).keys(), 0)

  let cache = temporaryFolder()
  let killed = 0
  for (let round = 0; round < KILLS; round++) {
    if (round % ROUNDS_A_CACHE === 0) cache = temporaryFolder()
    else {
      const some = [...versions.keys()].filter(() => random() < 0.3)
      for (const number of some.splice(0, 20)) {
        versions.delete(number)
        rmSync(join(root, path(number)))
      }
      write(some, round)
    }

    const indexing = start(['index', '--cache', cache, root])
    // it writes a line at every tenth of reading and of indexing; the snapshot comes after the last one
    const lines = Math.floor(random() * 23)
    const more = random() * 80
    await Promise.race([
      lines === 0 ? undefined : indexing.until('err', new RegExp(`(?:.*\n){${lines}}`)).catch(() => {}),
      indexing.finished,
    ])
    await new Promise((resolve) => setTimeout(resolve, more))
    const { signal } = await indexing.end('SIGKILL')
    if (signal === 'SIGKILL') killed += 1

    const checking = run(['check', '--cache', cache])
    const served = await serve(cache)
    await poll(isReady(served), 30_000)
    const checked = await checking
    // killed so early that there is no store yet: there is nothing to check, and it says so
    if (checked.code !== 0) expect(checked.err).toMatch(/gibt es keinen Index/)
    const articles = Number(/(\d+) Artikel/.exec(checked.out)?.[1] ?? 0)
    // what a snapshot lacks may be taken over between two searches
    const before = await served.hits('')
    const found = await served.hits('Grundwort')
    expect([before, await served.hits('')]).toContain(found)
    // an older snapshot is served at once; what it lacks follows when nobody else has made a new one for three seconds
    if (round % 4 === 3) await poll(async () => (await served.hits('')) === articles, 30_000)
    expect((await served.end()).code).toBe(0)
  }
  expect(killed).toBeGreaterThan(KILLS / 4)

  const last = await run(['index', '--cache', cache, root])
  expect(last.code).toBe(0)
  expect(last.out).toContain(`0 abgelehnt; ${versions.size} im Index`)
  const checked = await run(['check', '--cache', cache])
  expect(checked).toMatchObject({ code: 0, err: '' })
  expect(checked.out).toMatch(/stimmen überein\.$/m)
  const served = await serve(cache)
  await poll(isReady(served), 30_000)
  expect(await served.hits('')).toBe(versions.size)
  for (const [number, version] of [...versions].filter(() => random() < 0.01)) {
    expect(await served.hits(keywordOf(number, version)), `${number}`).toBe(1)
  }
})
