import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { run, start } from '../support/program.ts'

const INDEX = `reindexed-${process.pid}`
const COUNT = 120
/** Words, a word that is misspelt, one that only compounds have, a phrase, a word in a field. */
const QUERIES = ['Haus See', 'Gartenzaum', 'Boot', '"am Fluss"', 'titel:Stand']
const CALLERS = 3
const POLL_MS = 50

interface Found {
  readonly hits: readonly { readonly id: string; readonly title: string; readonly score: number }[]
  readonly totalHits: number
  readonly indexVersion: string
}

const shownOf = ({ hits, totalHits }: Found) =>
  JSON.stringify([totalHits, hits.map(({ id, title, score }) => [id, title, score.toFixed(3)])])

describe.skipIf(CLUSTER_URL === undefined)(`fundstelle reindex${NEEDS_CLUSTER}`, () => {
  let folder = ''
  let collection: IndexCollection
  const onCluster = { env: { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL } }
  const command = (...words: string[]) => [...words, '--cache', join(folder, 'cache'), '--index', INDEX, '--lang', 'en']
  const articles = () => join(folder, 'articles')

  /** Articles of which none is as before: other words in another order, and other numbers of them. */
  const write = (state: number): void => {
    for (let at = 0; at < COUNT + 10 * state; at++) {
      const words = ['Haus', 'Hausboot', 'Gartenzaun', 'Baum', 'am Fluss', 'See', 'Wald', 'im Tal']
      const text = Array.from({ length: 12 }, (_, i) => words[(at * state + i * (at % 5) + state) % words.length])
      writeFileSync(join(articles(), `${at}.md`), `# Stand ${state}, Artikel ${at}\n\n${text.join(' ')}.\n`)
    }
  }
  const embedded = async (): Promise<string[]> => {
    const answers: string[] = []
    for (const query of QUERIES) {
      const { code, out } = await run(command('search', query, '--json'))
      expect(code).toBe(0)
      answers.push(shownOf(JSON.parse(out) as Found))
    }
    return answers
  }
  const serving = async (): Promise<string> => {
    const program = start(['serve', '--port', '0', '--index', INDEX, '--lang', 'en'], onCluster.env)
    return (await program.until('out', /Fundstelle answers at (http\S+)/))[1] as string
  }
  const ask = async (url: string, query: string): Promise<Found> => {
    const response = await fetch(`${url}/search?q=${encodeURIComponent(query)}`)
    const body = await response.json()
    expect([query, response.status, body]).toEqual([query, 200, body])
    return body as Found
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-reindex-'))
    mkdirSync(articles())
    collection = new IndexCollection(testCluster(), `fundstelle-${INDEX}`)
    write(1)
    expect(await run(command('index', articles()), onCluster)).toMatchObject({ code: 0 })
  })
  afterEach(async () => {
    await collection.delete()
    rmSync(folder, { recursive: true, force: true })
  })

  it('swaps under load: each answer is whole and of one state, and none is missing', async () => {
    const url = await serving()
    const before = await embedded()
    write(2)
    // into the store alone
    expect(await run(command('index', articles()))).toMatchObject({ code: 0 })
    const after = await embedded()
    expect(after).not.toEqual(before)

    let isOver = false
    const seen = { before: 0, after: 0 }
    const caller = async (first: number): Promise<void> => {
      let isNew = false
      const states = new Set<string>()
      for (let at = first; !isOver; at++) {
        const i = at % QUERIES.length
        const found = await ask(url, QUERIES[i] as string)
        const shown = shownOf(found)
        expect([before[i], after[i]]).toContain(shown)
        const isOfNew = shown === after[i]
        // what was seen once is not taken back
        if (isNew) expect([i, isOfNew]).toEqual([i, true])
        isNew = isOfNew
        states.add(`${found.indexVersion} ${isOfNew}`)
        seen[isOfNew ? 'after' : 'before'] += 1
      }
      // a state has one name
      expect(states.size).toBe(2)
    }
    const callers = Array.from({ length: CALLERS }, (_, at) => caller(at))
    const all = Promise.all(callers)
    const isSeen = async (state: 'before' | 'after', least: number): Promise<void> => {
      while (seen[state] < least) await Promise.race([pause(POLL_MS), all])
    }
    await isSeen('before', 30)
    const { code, err, out } = await Promise.race([
      run(command('reindex', '--grace', '2'), onCluster),
      all.then(() => {
        throw new Error('callers have ended')
      }),
    ])
    expect([code, out, err]).toEqual([
      0,
      expect.stringContaining('built anew'),
      expect.stringContaining('the old one stays for 2 s'),
    ])
    const until = seen.after + 30
    await isSeen('after', until)
    isOver = true
    await all
    expect(await collection.builds()).toEqual([2])
  })

  it('killed in the middle it has changed nothing, and what it left goes with the next run', async () => {
    const url = await serving()
    const [query] = QUERIES as [string]
    const before = shownOf(await ask(url, query))
    for (const next of ['index', 'reindex']) {
      const [read] = await collection.builds()
      const killed = start(command('reindex'), onCluster.env)
      while ((await collection.builds()).length < 2) await pause(POLL_MS)
      await killed.end('SIGKILL')
      expect(await collection.builds()).toHaveLength(2)
      expect((await collection.current())?.index.build).toBe(read)
      expect(shownOf(await ask(url, query))).toBe(before)
      const words = next === 'index' ? [next, articles()] : [next, '--grace', '0']
      expect(await run(command(...words), onCluster)).toMatchObject({ code: 0 })
      expect(await collection.builds()).toHaveLength(1)
      expect(shownOf(await ask(url, query))).toBe(before)
    }
  })

  it('is for a cluster, and says what sees to it elsewhere', async () => {
    const { code, err } = await run(command('reindex'))
    expect([code, err]).toEqual([2, expect.stringContaining('“index” and “serve” build anew by themselves')])
    expect(await run(command('reindex', '--grace', '1h'), onCluster)).toMatchObject({ code: 2 })
  })
})
