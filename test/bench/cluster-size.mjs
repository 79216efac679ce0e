// What an index takes in a cluster: node test/bench/cluster-size.mjs 5000 20000. Passages of laws are written anew for each number, and the bytes of both indexes
// are told as they are after writing, and once they are merged. It starts a cluster of one node, unless FUNDSTELLE_TEST_OPENSEARCH_URL names one.
import { setTimeout as pause } from 'node:timers/promises'
import { openAnalysis } from '../../dist/index/open-analysis.js'
import { Cluster } from '../../dist/opensearch/cluster.js'
import { ClusterSink } from '../../dist/opensearch/cluster-sink.js'
import { IndexCollection } from '../../dist/opensearch/index-collection.js'
import { startCluster } from '../cluster/cluster.mjs'
import { passages } from './texts.mjs'

const KNOWN_MS = 65_000
const { analyzer, fingerprint } = openAnalysis(null)
const given = process.env['FUNDSTELLE_TEST_OPENSEARCH_URL']
const started = given === undefined ? await startCluster() : undefined
const cluster = new Cluster({ urls: [given ?? started.url], timeoutMs: 600_000 })
const collection = new IndexCollection(cluster, `size-${process.pid}`)

try {
  for (const count of process.argv.slice(2).map(Number)) {
    const texts = passages(count)
    const index = collection.build(count)
    const state = await index.create({ shards: 1, replicas: 0 }, { storeId: 'bench', fingerprint })
    const sink = new ClusterSink(index, analyzer, state)
    const changes = texts.map((text, at) => ({ kind: 'added', seqNo: at + 1, article: articleOf(`p${at}`, text) }))
    const iterator = changes[Symbol.iterator]()
    // several segments, as time makes them: one alone is not merged
    while ((await sink.apply(iterator)) > 0) await index.refresh(index.articles)
    await sink.settle(texts.length)
    const characters = texts.reduce((sum, text) => sum + text.length, 0)
    console.log(`${texts.length} articles of ${(characters / texts.length).toFixed(0)} characters`)
    for (const [when, prepare] of [
      ['written', () => cluster.send({ method: 'POST', path: `/${index.articles},${index.vocabulary}/_flush` })],
      ['merged', () => merged(index)],
    ]) {
      await prepare()
      for (const name of ['articles', 'vocabulary']) {
        const { _all } = await cluster.body({ method: 'GET', path: `/${index[name]}/_stats/store,docs` })
        const { store, docs } = _all.primaries
        const each = (store.size_in_bytes / texts.length).toFixed(0)
        console.log(`  ${when}, ${name}: ${store.size_in_bytes} bytes, ${each} an article, ${docs.count} documents`)
      }
    }
    await index.delete()
  }
} finally {
  await collection.delete()
  await cluster.close()
  await started?.stop()
}

async function merged({ articles, vocabulary }) {
  // what was sent is kept until it is known that no copy needs it, which is looked at every 30 s; merging leaves it out only then
  await pause(KNOWN_MS)
  const query = { max_num_segments: 1 }
  for (const name of [articles, vocabulary]) {
    await cluster.send({ method: 'POST', path: `/${name}/_forcemerge`, query })
    for (const step of ['_flush', '_refresh']) await cluster.send({ method: 'POST', path: `/${name}/${step}` })
  }
}

function articleOf(id, text) {
  return { id, title: '', text, url: null, date: null, author: null, tags: [], language: null, meta: {} }
}
