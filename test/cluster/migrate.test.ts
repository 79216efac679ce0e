import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { run, start } from '../support/program.ts'

const INDEX = `migrated-${process.pid}`
const SEEDS = new URL('../../seeds', import.meta.url).pathname
const COUNT = 1_500
const POLL_MS = 10

interface Found {
  readonly hits: readonly { readonly id: string; readonly formatted: object; readonly meta: object }[]
  readonly totalHits: number
}

describe.skipIf(CLUSTER_URL === undefined)(`fundstelle migrate${NEEDS_CLUSTER}`, () => {
  let folder = ''
  let collection: IndexCollection
  const url = { FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL }
  const onCluster = { ...url, FUNDSTELLE_ENGINE: 'opensearch' }
  const command = (cache: string, ...words: string[]) => [
    ...words,
    ...['--cache', join(folder, cache), '--index', INDEX, '--lang', 'en'],
  ]
  const migrate = (cache: string, to: string) => run(command(cache, 'migrate', '--to', to), { env: url })
  const found = async (cache: string, query: string, env: NodeJS.ProcessEnv = {}): Promise<string> => {
    const { code, out } = await run(command(cache, 'search', query, '--json'), { env })
    expect(code).toBe(0)
    const { hits, totalHits } = JSON.parse(out) as Found
    expect(totalHits).toBeGreaterThan(0)
    return JSON.stringify([totalHits, hits.map(({ id, formatted, meta }) => [id, formatted, meta])])
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-migrate-'))
    collection = new IndexCollection(testCluster(), `fundstelle-${INDEX}`)
  })
  afterEach(async () => {
    await collection.delete()
    rmSync(folder, { recursive: true, force: true })
  })

  it('copies both ways: what is found stays the same', async () => {
    expect(await run(command('one', 'index', SEEDS))).toMatchObject({ code: 0 })
    const there = await migrate('one', 'opensearch')
    expect([there.code, there.out, there.err]).toEqual([
      0,
      expect.stringMatching(/^\d+ articles are the same on both sides \(checksum [0-9a-f]{16}\)/),
      expect.stringContaining('comparing articles'),
    ])
    const back = await migrate('other', 'embedded')
    const sameOf = (out: string) => /^(.*\(checksum [0-9a-f]+\))/.exec(out)?.[1]
    expect([back.code, sameOf(back.out)]).toEqual([0, sameOf(there.out)])
    for (const query of ['Drohnen', 'Haus']) {
      const expected = await found('one', query)
      expect(await found('one', query, onCluster)).toBe(expected)
      expect(await found('other', query)).toBe(expected)
    }
    expect(await run(command('other', 'check'))).toMatchObject({ code: 0 })
    // and once more, from where nothing has changed
    expect(await migrate('one', 'opensearch')).toMatchObject({ code: 0, out: there.out })
    expect(await migrate('other', 'embedded')).toMatchObject({ code: 0, out: back.out })
    expect(await migrate('one', 'embedded')).toMatchObject({ code: 0, out: back.out })
    expect(await collection.builds()).toEqual([1])
  })

  it('killed in the middle, it goes on when it is run again', async () => {
    mkdirSync(join(folder, 'articles'))
    const lines = Array.from({ length: COUNT }, (_, at) => JSON.stringify({ id: `a${at}`, text: `Haus ${at} am See` }))
    writeFileSync(join(folder, 'articles', 'all.jsonl'), lines.join('\n'))
    expect(await run(command('one', 'index', join(folder, 'articles')))).toMatchObject({ code: 0 })

    const killed = start(command('one', 'migrate', '--to', 'opensearch'), url)
    // one that is only being made does not tell
    const writtenOf = async (): Promise<number> =>
      (
        await collection
          .build(1)
          .state()
          .catch(() => null)
      )?.written ?? 0
    while ((await writtenOf()) === 0) await pause(POLL_MS)
    await killed.end('SIGKILL')
    expect(await collection.current()).toBeNull()
    expect(await migrate('one', 'opensearch')).toMatchObject({ code: 0 })
    expect(await collection.builds()).toEqual([1])

    const stopped = start(command('other', 'migrate', '--to', 'embedded'), url)
    await stopped.until('err', /copying articles/)
    await stopped.end('SIGKILL')
    expect(await migrate('other', 'embedded')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${COUNT} articles are the same`),
    })
    expect(await found('other', 'Haus 815')).toBe(await found('one', 'Haus 815'))
  })

  it('tells where something is missing on the other side', async () => {
    expect(await run(command('one', 'index', SEEDS))).toMatchObject({ code: 0 })
    expect(await migrate('one', 'opensearch')).toMatchObject({ code: 0 })
    const path = `/${collection.aliases.articles}/_delete_by_query`
    const one = { max_docs: 1, query: { match_all: {} } }
    await testCluster().send({ method: 'POST', path, query: { refresh: true }, body: one })
    const { code, err } = await migrate('one', 'embedded')
    expect([code, err]).toEqual([1, expect.stringContaining('are not the same')])
  })

  it('takes no folder that has articles of its own', async () => {
    expect(await run(command('one', 'index', SEEDS))).toMatchObject({ code: 0 })
    expect(await migrate('one', 'opensearch')).toMatchObject({ code: 0 })
    expect(await run(command('other', 'index', join(SEEDS)))).toMatchObject({ code: 0 })
    const { code, err } = await migrate('other', 'embedded')
    expect([code, err]).toEqual([1, expect.stringContaining('empty folder')])
  })

  it.each([[['--to', 'solr']], [[]]])('says what it takes: %j', async (words) => {
    expect(await run(command('one', 'migrate', ...words), { env: url })).toMatchObject({ code: 2 })
  })
})
