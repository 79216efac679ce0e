import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { analyseArticle } from '../../src/opensearch/analysed-article.ts'
import { HeldVocabulary } from '../../src/opensearch/held-vocabulary.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { ArticleStore, STORE_FILE } from '../../src/store/article-store.ts'
import { CLUSTER_URL, countsIn, countsOf, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { analyzer } from '../support/memory-index.ts'
import { run, start } from '../support/program.ts'

const INDEX = `killed-${process.pid}`
const COUNT = 700
const POLL_MS = 10
/** After so many of the pieces of work that a run has, of which each is about a second. */
const KILLED_AFTER_MS = [0, 700, 1_500]

describe.skipIf(CLUSTER_URL === undefined)(`a writer that is killed in the middle of a batch${NEEDS_CLUSTER}`, () => {
  let folder = ''
  let collection: IndexCollection
  const env = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL }
  const writing = () => ['index', join(folder, 'articles'), '--cache', join(folder, 'cache'), '--index', INDEX]
  const write = (at: number, text: string): void => writeFileSync(join(folder, 'articles', `${at}.txt`), text)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-killed-'))
    mkdirSync(join(folder, 'articles'))
    collection = new IndexCollection(testCluster(), `fundstelle-${INDEX}`)
  })
  afterEach(async () => {
    await collection.delete()
    rmSync(folder, { recursive: true, force: true })
  })

  const storedArticles = (): Article[] => {
    // an index of another name has a folder of its own
    const name = readdirSync(join(folder, 'cache'), { recursive: true, encoding: 'utf8' }).find((one) =>
      one.endsWith(STORE_FILE),
    )
    const store = ArticleStore.open(dirname(join(folder, 'cache', name as string)))
    try {
      return Array.from(store.articles(), ({ article }) => article)
    } finally {
      store.close()
    }
  }
  const articlesThere = async (): Promise<Map<string, string>> => {
    const { hits } = await testCluster().body<{ hits: { hits: { _source: { article: string } }[] } }>({
      ...{ method: 'POST', path: `/${collection.aliases.articles}/_search`, body: { size: 10_000 } },
    })
    const found = hits.hits.map(
      ({ _source }) => [(JSON.parse(_source.article) as Article).id, _source.article] as const,
    )
    // nothing is there twice
    expect(new Set(found.map(([id]) => id)).size).toBe(found.length)
    return new Map(found.sort())
  }

  it.each(KILLED_AFTER_MS)('and run again has written everything once (killed after %i ms)', async (killedAfterMs) => {
    for (let at = 0; at < COUNT; at++) write(at, `Haus ${at} am See, Bezirk ${at % 17}`)
    expect(await run(writing(), { env })).toMatchObject({ code: 0 })
    // a third changes, a third goes, others come
    for (let at = 0; at < COUNT; at += 3) write(at, `Burg ${at} im Wald, Kreis ${at % 13}`)
    for (let at = 1; at < COUNT; at += 3) rmSync(join(folder, 'articles', `${at}.txt`))
    for (let at = COUNT; at < COUNT + 300; at++) write(at, `Turm ${at} am Meer`)
    const killed = start(writing(), env)
    while ((await collection.current())?.state.isChanging !== true) await pause(POLL_MS)
    await pause(killedAfterMs)
    await killed.end('SIGKILL')
    // and what came with the run that was killed goes before the next one
    for (let at = COUNT; at < COUNT + 100; at++) rmSync(join(folder, 'articles', `${at}.txt`))
    for (let at = 0; at < 60; at += 3) write(at, `Leuchtturm ${at} im Watt`)
    expect(await run(writing(), { env })).toMatchObject({ code: 0 })

    const articles = storedArticles()
    const expected = new Map(articles.map((article) => [article.id, JSON.stringify(article)] as const).sort())
    expect(await articlesThere()).toEqual(expected)
    const held = new HeldVocabulary()
    held.add(articles.map((article) => analyseArticle(article, analyzer)))
    const documents = [...held.operations('')].map(({ document }) => document as object)
    expect(await countsOf(collection)).toEqual(countsIn(documents))
  })
})
