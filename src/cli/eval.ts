import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Article } from '../article/article.ts'
import { openAnalysis } from '../index/open-analysis.ts'
import { buildSnapshot } from '../index/snapshot/catch-up.ts'
import { DEFAULT_REQUEST, LIMIT_MAX } from '../search/query/request.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import type { Command } from './command.ts'
import { type Dataset, lines, readDataset, unknownIds } from './dataset.ts'
import { type Metrics, metricsOf, percentile, RANKING_METRICS, type Ranking } from './metrics.ts'
import { isBelow, minimumOf } from './minima.ts'
import { openForSearch } from './open.ts'
import type { Terminal } from './terminal.ts'

const ARTICLES_PER_TRANSACTION = 1000

const METRICS: readonly (keyof Result)[] = ['queries', ...RANKING_METRICS, 'p50Ms', 'p95Ms', 'indexSeconds']

export const evalCommand: Command = {
  name: 'eval',
  usage: 'DIR',
  summary: {
    de: 'misst die Güte der Rangfolge an einem Testsatz (BEIR: corpus.jsonl, queries.jsonl, qrels/test.tsv)',
    en: 'measures ranking quality on a test set (BEIR: corpus.jsonl, queries.jsonl, qrels/test.tsv)',
  },
  options: [
    {
      name: 'strangers',
      value: 'FILE',
      help: { de: 'jede Zeile der Datei ein weiterer Artikel', en: 'every line of the file one more article' },
    },
    { name: 'json', value: null, help: { de: 'Ergebnis als JSON', en: 'result as JSON' } },
    {
      name: 'min',
      value: 'METRIC=X',
      help: {
        de: `Ende mit 1, wenn der Wert unter X liegt; METRIC: ${METRICS.join(', ')}`,
        en: `exits 1 where the figure is below X; METRIC: ${METRICS.join(', ')}`,
      },
    },
  ],
  settings: ['cache', 'rules', 'language'],
  arity: [1, 1],
  async run({ config, args, options, settings, terminal }) {
    const minima = (options.get('min') ?? []).map((text) => minimumOf(text, METRICS))
    const dataset = await readDataset(args[0] as string)
    tellUnknown(unknownIds(dataset), terminal)
    const strangers = await strangersOf(options.get('strangers')?.at(-1))
    // a cache that was asked for is kept, any other is temporary
    const kept = settings['cache'] !== undefined
    const cache = kept ? config.cache : mkdtempSync(join(tmpdir(), 'fundstelle-eval-'))
    try {
      const result = await measure(dataset, strangers, cache, config.rules, terminal)
      terminal.out(options.has('json') ? JSON.stringify(result, null, 2) : table(result))
      return isBelow(result, minima, terminal) ? 1 : 0
    } finally {
      if (!kept) rmSync(cache, { recursive: true, force: true })
    }
  },
}

interface Result extends Metrics {
  readonly queries: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly indexSeconds: number
}

async function measure(
  dataset: Dataset,
  strangers: readonly Article[],
  cache: string,
  rules: string | null,
  terminal: Terminal,
): Promise<Result> {
  const analysed = openAnalysis(rules)
  const started = performance.now()
  await withWriterLock(cache, async () => {
    const store = ArticleStore.open(cache)
    try {
      putAll(store, [...dataset.articles, ...strangers])
      await buildSnapshot(cache, store, analysed.analyzer, analysed.fingerprint)
    } finally {
      store.close()
    }
  })
  const indexSeconds = (performance.now() - started) / 1000
  const opened = await openForSearch(cache, terminal, analysed)
  const rankings: Ranking[] = []
  const times: number[] = []
  for (const { id, text } of dataset.queries) {
    const relevance = dataset.relevance.get(id)
    if (relevance === undefined) continue
    const answer = await opened.service.search({ ...DEFAULT_REQUEST, q: text, limit: LIMIT_MAX })
    rankings.push({ ids: answer.hits.map((hit) => hit.id ?? ''), relevance })
    // the time people wait is that of one page of hits
    const page = await opened.service.search({ ...DEFAULT_REQUEST, q: text, limit: 10 })
    times.push(page.processingTimeMs)
  }
  opened.close()
  return {
    queries: rankings.length,
    ...metricsOf(rankings),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    indexSeconds,
  }
}

function tellUnknown({ queries, articles }: ReturnType<typeof unknownIds>, terminal: Terminal): void {
  if (queries.length > 0) {
    terminal.note(
      terminal.say({
        de: `Achtung: beurteilt, aber nicht in queries.jsonl: ${queries.length} Fragen, etwa „${queries[0]}“. Sie zählen nicht.`,
        en: `Warning: judged, but not in queries.jsonl: ${queries.length} queries, such as “${queries[0]}”. They do not count.`,
      }),
    )
  }
  if (articles.length > 0) {
    terminal.note(
      terminal.say({
        de: `Achtung: beurteilt, aber nicht in corpus.jsonl: ${articles.length} Artikel, etwa „${articles[0]}“. Sie gelten als nicht gefunden.`,
        en: `Warning: judged, but not in corpus.jsonl: ${articles.length} articles, such as “${articles[0]}”. They count as not found.`,
      }),
    )
  }
}

function putAll(store: ArticleStore, articles: readonly Article[]): void {
  for (let from = 0; from < articles.length; from += ARTICLES_PER_TRANSACTION) {
    store.transaction(() => {
      for (const article of articles.slice(from, from + ARTICLES_PER_TRANSACTION)) store.put(article, null)
    })
  }
}

async function strangersOf(path: string | undefined): Promise<Article[]> {
  if (path === undefined) return []
  const strangers: Article[] = []
  const bare = { title: '', url: null, date: null, author: null, tags: [], language: null, meta: {} }
  for await (const [number, text] of lines(path)) strangers.push({ ...bare, id: `stranger-${number}`, text })
  return strangers
}

function table(result: Result): string {
  return Object.entries(result)
    .map(([name, value]) => `${name.padEnd(14)}${Number.isInteger(value) ? value : value.toFixed(4)}`)
    .join('\n')
}
