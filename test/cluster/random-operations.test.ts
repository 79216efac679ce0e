import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { analyseArticle } from '../../src/opensearch/analysed-article.ts'
import { Cluster, type ClusterRequest, type ClusterResponse } from '../../src/opensearch/cluster.ts'
import { ClusterSink } from '../../src/opensearch/cluster-sink.ts'
import { HeldVocabulary } from '../../src/opensearch/held-vocabulary.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { madeBy } from '../../src/opensearch/made-by.ts'
import { OpenSearchEngine } from '../../src/opensearch/opensearch-engine.ts'
import { feedCluster, rebuildCluster } from '../../src/opensearch/write-cluster.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { feed } from '../../src/store/change-feed.ts'
import { articleOf } from '../support/articles.ts'
import { CLUSTER_URL, countsIn, countsOf, NEEDS_CLUSTER, ONLY_WRITER, testCluster } from '../support/cluster-engine.ts'
import { figuresOf, shownOf } from '../support/equal-results.ts'
import { analyzer, ask, askOf } from '../support/memory-index.ts'

const NAME = `random-${process.pid}`
const FINGERPRINT = 'probe'
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 50)
const WORDS = ['Haus', 'Hausboot', 'Häuser', 'Gartenzaun', 'Garten', 'See', 'Wald', 'Turm', 'Leuchtturm', 'am', 'Tal']
const QUERIES = ['Haus', 'Gartn', 'Turm See', '"Haus am"', '']
/** Of a change to a small index all are fewer. */
const REQUESTS_MAX = 25

/** A cluster that hears of a process no more after so many requests: as where it is killed. */
class DyingCluster extends Cluster {
  #left: number

  constructor(requests: number) {
    super({ urls: [CLUSTER_URL as string] })
    this.#left = requests
  }

  override send<T>(request: ClusterRequest): Promise<ClusterResponse<T>> {
    this.#left -= 1
    return this.#left < 0 ? Promise.reject(new Error('killed')) : super.send(request)
  }
}

const anyId = fc.integer({ min: 0, max: 7 }).map((number) => `a${number}`)
const anyText = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
const anyOperation = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('put' as const), id: anyId, title: anyText, text: anyText }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), id: anyId }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('killed' as const), requests: fc.nat(REQUESTS_MAX) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rebuild' as const) }) },
)

describe.skipIf(CLUSTER_URL === undefined)(`random operations on a cluster${NEEDS_CLUSTER}`, () => {
  const collection = () => new IndexCollection(testCluster(), NAME)
  const place = { address: { urls: [CLUSTER_URL as string] }, name: NAME }
  const options = { lease: ONLY_WRITER, size: { shards: 2, replicas: 0 }, graceMs: 0 }
  const tally = { operations: 0, killed: 0, compared: 0 }

  /** Begins to write what is new, and is killed after some requests, or has written all of it. */
  async function writeKilled(store: ArticleStore, requests: number): Promise<void> {
    const dying = new DyingCluster(requests)
    try {
      const found = await new IndexCollection(dying, NAME).current()
      if (found !== null) await feed(store, new ClusterSink(found.index, analyzer, found.state))
    } catch (error) {
      if (!(error instanceof Error && error.message === 'killed')) throw error
      tally.killed += 1
    } finally {
      await dying.close()
    }
  }

  async function mustBeAs(articles: readonly Article[], engine: OpenSearchEngine): Promise<void> {
    const held = new HeldVocabulary()
    held.add(articles.map((article) => analyseArticle(article, analyzer)))
    const documents = [...held.operations('')].map(({ document }) => document as object)
    expect(await countsOf(collection())).toEqual(countsIn(documents))
    for (const query of QUERIES) {
      const [one, other] = [await ask(engine, query), await askOf(articles, query)]
      expect([query, shownOf(one)]).toEqual([query, shownOf(other)])
      const expected = figuresOf(other)
      for (const [at, figure] of figuresOf(one).entries()) expect(figure).toBeCloseTo(expected[at] as number, 5)
      tally.compared += 1
    }
  }

  afterAll(() => collection().delete())

  it('come to the same as in a model, wherever a writer is killed', async () => {
    const operations = fc.array(anyOperation, { minLength: 10, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(operations, async (all) => {
        const cache = mkdtempSync(join(tmpdir(), 'fundstelle-random-'))
        const store = ArticleStore.open(cache)
        const content = { store, analyzer, fingerprint: FINGERPRINT }
        const config = { analyzer, fingerprint: madeBy(FINGERPRINT), staleMsMax: 0 }
        const engine = new OpenSearchEngine(collection(), config)
        const living = (): Article[] => Array.from(store.articles(), ({ article }) => article)
        try {
          // another store takes the place of that of the run before
          await rebuildCluster(place, content, options)
          for (const operation of all) {
            tally.operations += 1
            if (operation.kind === 'put') {
              const { id, title, text } = operation
              store.putDocument(articleOf({ id, title, text }))
            } else if (operation.kind === 'remove') store.removeById(operation.id)
            else if (operation.kind === 'killed') await writeKilled(store, operation.requests)
            else {
              const write = operation.kind === 'write' ? feedCluster : rebuildCluster
              await write(place, content, options)
              await mustBeAs(living(), engine)
            }
          }
          await feedCluster(place, content, options)
          await mustBeAs(living(), engine)
        } finally {
          await engine.close()
          store.close()
          rmSync(cache, { recursive: true, force: true })
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
    console.log(`random operations: ${RUNS} runs, ${JSON.stringify(tally)}`)
  })
})
