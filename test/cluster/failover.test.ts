import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cluster } from '../../src/opensearch/cluster.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { OpenSearchEngine } from '../../src/opensearch/opensearch-engine.ts'
import { articleOf } from '../support/articles.ts'
import { addedOf, CLUSTER_URL, emptyCollection, feedAll, NEEDS_CLUSTER, sinkOf } from '../support/cluster-engine.ts'
import { analyzer, ask } from '../support/memory-index.ts'
import { startCluster, type TestCluster } from './cluster.mjs'

const CONFIG = { analyzer, fingerprint: 'probe', staleMsMax: 0 }
const articles = Array.from({ length: 60 }, (_, i) => articleOf({ id: `a${i}`, text: `Haus Nummer ${i} am See` }))
const more = Array.from({ length: 20 }, (_, i) => articleOf({ id: `b${i}`, text: `Haus im Wald ${i}` }))

describe.skipIf(CLUSTER_URL === undefined)(`three nodes, of which one is killed${NEEDS_CLUSTER}`, () => {
  let nodes: TestCluster
  let cluster: Cluster
  let collection: IndexCollection

  beforeAll(async () => {
    nodes = await startCluster({ nodes: 3 })
    cluster = new Cluster({ urls: nodes.urls })
    collection = new IndexCollection(cluster, 'failover')
    await emptyCollection(collection, { shards: 3, replicas: 1 })
    await cluster.send({ method: 'GET', path: '/_cluster/health', query: { wait_for_status: 'green', timeout: '60s' } })
  })
  afterAll(async () => {
    await cluster?.close()
    await nodes?.stop()
  })

  it('searches go on with all hits, what was acknowledged is there, and more can be written', async () => {
    await feedAll(await sinkOf(collection, analyzer), addedOf(articles), articles.length)
    const engine = new OpenSearchEngine(collection, CONFIG)
    const totalOf = async (): Promise<number> => (await ask(engine, 'Haus')).totalHits
    expect(await totalOf()).toBe(60)
    const [killed] = nodes.nodes
    await killed?.stop('SIGKILL')
    for (let i = 0; i < 20; i++) expect(await totalOf()).toBe(60)
    const position = articles.length + more.length
    await feedAll(await sinkOf(collection, analyzer), addedOf(more, articles.length + 1), position)
    expect(await totalOf()).toBe(80)
    killed?.start()
    await killed?.answers()
    const health = { wait_for_status: 'green', wait_for_nodes: 3, timeout: '120s' }
    expect(await cluster.body({ method: 'GET', path: '/_cluster/health', query: health })).toMatchObject({
      status: 'green',
    })
    expect(await totalOf()).toBe(80)
    await engine.close()
  })
})
