// The same service on a cluster and in this process, over one test set: node test/bench/cluster.mjs DIR [queries]. Tells how good both are, how often
// their first ten hits are the same, and how long they take, beside plain OpenSearch with its German analyzer and highlights: each query is asked of all three
// in turn, so that whatever else runs meets them alike. It starts a cluster of one node, unless FUNDSTELLE_TEST_OPENSEARCH_URL names one.
import { readDataset } from '../../dist/cli/dataset.js'
import { metricsOf, percentile } from '../../dist/cli/metrics.js'
import { EmbeddedEngine } from '../../dist/index/embedded-engine.js'
import { openAnalysis } from '../../dist/index/open-analysis.js'
import { ArticleIndex } from '../../dist/index/segment/segment.js'
import { Cluster } from '../../dist/opensearch/cluster.js'
import { ClusterSink } from '../../dist/opensearch/cluster-sink.js'
import { IndexCollection } from '../../dist/opensearch/index-collection.js'
import { OpenSearchEngine } from '../../dist/opensearch/opensearch-engine.js'
import { DEFAULT_REQUEST } from '../../dist/search/query/request.js'
import { createSearchService } from '../../dist/search/service.js'
import { startCluster } from '../cluster/cluster.mjs'

const [folder, asked = '1000000'] = process.argv.slice(2)
const dataset = await readDataset(folder)
const analysed = openAnalysis(null)
const { analyzer, fingerprint, rules } = analysed
const given = process.env['FUNDSTELLE_TEST_OPENSEARCH_URL']
const started = given === undefined ? await startCluster() : undefined
const url = given ?? started.url

const articles = dataset.articles
const cluster = new Cluster({ urls: [url] })
const PLAIN = `bench-${process.pid}-plain`
const collection = new IndexCollection(cluster, `bench-${process.pid}`)
try {
  const [embedded, embeddedSeconds] = await timed(() => embeddedEngine())
  const [onCluster, clusterSeconds] = await timed(() => clusterEngine())
  console.log(
    `${articles.length} articles; written in process ${embeddedSeconds} s, to the cluster ${clusterSeconds} s`,
  )
  const queries = dataset.queries.filter(({ id }) => dataset.relevance.has(id)).slice(0, Number(asked))
  const plain = await plainIndex()
  const [one, other, plainTimes] = [answersOf(embedded), answersOf(onCluster), []]
  for (const query of queries) {
    await one.ask(query)
    await other.ask(query)
    plainTimes.push(await plain(query.text))
  }
  for (const [name, { rankings, times }] of Object.entries({ embedded: one, opensearch: other })) {
    const { mrr10, ...rest } = metricsOf(rankings)
    const others = Object.entries(rest).map(([metric, value]) => `${metric} ${value.toFixed(4)}`)
    const figures = [`mrr10 ${mrr10.toFixed(4)}`, ...others]
    console.log(
      `${name}: ${figures.join(', ')}; p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`,
    )
  }
  console.log(
    `plain OpenSearch: p50 ${percentile(plainTimes, 0.5).toFixed(1)} ms, p95 ${percentile(plainTimes, 0.95).toFixed(1)} ms`,
  )
  const differing = queries.filter((_, at) => String(one.first[at]) !== String(other.first[at]))
  console.log(`first ten the same: ${queries.length - differing.length} of ${queries.length}`)
  for (const { text } of differing.slice(0, 20)) console.log(`  differs: ${text}`)
} finally {
  await collection.delete()
  await cluster.send({ method: 'DELETE', path: `/${PLAIN}`, expected: [404] })
  await cluster.close()
  await started?.stop()
}

function embeddedEngine() {
  const index = new ArticleIndex()
  for (const [at, article] of articles.entries()) index.add(at + 1, article, analyzer)
  index.seqNo = articles.length
  const source = { id: 'bench', bySeqNo: (seqNo) => articles[seqNo - 1], byId: () => undefined }
  return new EmbeddedEngine(index, source, { analyzer, fingerprint })
}

async function clusterEngine() {
  const index = collection.build(1)
  const state = await index.create({ shards: 1, replicas: 0 }, { storeId: 'bench', fingerprint })
  await collection.switchTo(index, null)
  const sink = new ClusterSink(index, analyzer, state)
  const changes = articles.map((article, at) => ({ kind: 'added', seqNo: at + 1, article }))[Symbol.iterator]()
  while ((await sink.apply(changes)) > 0);
  await sink.settle(articles.length)
  return new OpenSearchEngine(collection, { analyzer, fingerprint })
}

function answersOf(engine) {
  const service = createSearchService(engine, { analyzer: () => analyzer, rules: () => rules })
  const [rankings, times, first] = [[], [], []]
  const ask = async ({ id, text }) => {
    const request = { ...DEFAULT_REQUEST, q: text, limit: 10 }
    const since = performance.now()
    const { hits } = await service.search(request)
    times.push(performance.now() - since)
    const ids = hits.map((hit) => hit.id)
    first.push(ids)
    rankings.push({ ids, relevance: dataset.relevance.get(id) })
  }
  return { rankings, times, first, ask }
}

/** The same articles without any of ours; gives how long a query takes there, in milliseconds. */
async function plainIndex() {
  const text = { type: 'text', analyzer: 'german' }
  const body = {
    settings: { index: { number_of_shards: 1, number_of_replicas: 0 } },
    mappings: { properties: { title: text, text } },
  }
  await cluster.send({ method: 'PUT', path: `/${PLAIN}`, body })
  for (let at = 0; at < articles.length; at += 500) {
    const some = articles.slice(at, at + 500)
    const lines = some.flatMap(({ title, text }) => [{ index: { _index: PLAIN } }, { title, text }])
    await cluster.send({ method: 'POST', path: '/_bulk', lines })
  }
  await cluster.send({ method: 'POST', path: `/${PLAIN}/_refresh` })
  return async (query) => {
    const since = performance.now()
    await cluster.send({
      method: 'POST',
      path: `/${PLAIN}/_search`,
      body: {
        size: 10,
        query: { multi_match: { query, fields: ['title^3', 'text'], type: 'cross_fields' } },
        highlight: { fields: { text: { fragment_size: 200, number_of_fragments: 1 } } },
      },
    })
    return performance.now() - since
  }
}

async function timed(work) {
  const since = performance.now()
  const result = await work()
  return [result, ((performance.now() - since) / 1000).toFixed(1)]
}
