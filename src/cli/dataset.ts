import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Article, parseArticle } from '../article/article.ts'
import { type ErrorParam, FundstelleError, reasonOf } from '../errors.ts'
import { systemReason } from '../system-reason.ts'

/** A test set in BEIR's layout. */
export interface Dataset {
  readonly articles: readonly Article[]
  readonly queries: readonly { readonly id: string; readonly text: string }[]
  /** For each query the relevant articles and how relevant they are (above 0). */
  readonly relevance: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** @throws FundstelleError `dataset_missing`, `dataset_unreadable`, `dataset_broken` or `dataset_unjudged` */
export async function readDataset(folder: string): Promise<Dataset> {
  const [corpus, asked, judged] = [['corpus.jsonl'], ['queries.jsonl'], ['qrels', 'test.tsv']].map((names) =>
    join(folder, ...names),
  ) as [string, string, string]
  // all of them before any is read: a corpus can be large
  const missing = [corpus, asked, judged].find((path) => !existsSync(path))
  if (missing !== undefined) throw new FundstelleError('dataset_missing', { path: missing })
  const relevance = await readJudgements(judged)
  const queries = await readQueries(asked)
  if (!queries.some(({ id }) => relevance.has(id))) {
    const counts = { queries: queries.length, judged: relevance.size }
    throw new FundstelleError('dataset_unjudged', { path: judged, ...counts })
  }
  return { articles: await readCorpus(corpus), queries, relevance }
}

async function readCorpus(path: string): Promise<Article[]> {
  const articles: Article[] = []
  for await (const [line, value] of jsonLines(path)) {
    try {
      articles.push(parseArticle(value, `#${line}`))
    } catch (error) {
      if (!(error instanceof FundstelleError)) throw error
      throw broken(path, line, { de: error.detail('de'), en: error.detail('en') })
    }
  }
  return articles
}

async function readQueries(path: string): Promise<{ id: string; text: string }[]> {
  const queries: { id: string; text: string }[] = []
  for await (const [line, value] of jsonLines(path)) {
    const { _id: id, text } = (value ?? {}) as { _id?: unknown; text?: unknown }
    if (typeof text !== 'string' || (typeof id !== 'string' && typeof id !== 'number'))
      throw broken(path, line, { de: 'erwartet wird {"_id": …, "text": "…"}', en: 'expected {"_id": …, "text": "…"}' })
    queries.push({ id: String(id), text })
  }
  return queries
}

async function readJudgements(path: string): Promise<Map<string, Map<string, number>>> {
  const relevance = new Map<string, Map<string, number>>()
  for await (const [number, line] of lines(path)) {
    const [query, article, score] = line.split('\t')
    if (number === 1 && !/^\d+$/.test(score ?? '')) continue
    if (query === undefined || article === undefined || !/^-?\d+$/.test(score ?? '')) {
      throw broken(path, number, {
        de: 'erwartet werden Frage, Artikel und eine ganze Zahl, durch Tabulatoren getrennt',
        en: 'expected query, article and a whole number, parted by tabs',
      })
    }
    if (Number(score) <= 0) continue
    const judged = relevance.get(query) ?? new Map<string, number>()
    relevance.set(query, judged.set(article, Number(score)))
  }
  return relevance
}

/** The lines of a text file that are not blank, with their numbers. */
export async function* lines(path: string): AsyncGenerator<[number: number, line: string]> {
  let number = 0
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (line.trim() !== '') yield [number, line]
    }
  } catch (error) {
    throw new FundstelleError('dataset_unreadable', { path, reason: systemReason(error) }, { cause: error })
  }
}

async function* jsonLines(path: string): AsyncGenerator<[number: number, value: unknown]> {
  for await (const [number, line] of lines(path)) {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch (error) {
      const reason = reasonOf(error)
      throw broken(path, number, { de: `kein gültiges JSON (${reason})`, en: `not valid JSON (${reason})` })
    }
    yield [number, value]
  }
}

const broken = (path: string, line: number, reason: ErrorParam): FundstelleError =>
  new FundstelleError('dataset_broken', { path, line, reason })

/** Ids that are judged but do not exist: each kind once. */
export function unknownIds({ articles, queries, relevance }: Dataset): { queries: string[]; articles: string[] } {
  const [knownQueries, knownArticles] = [new Set(queries.map(({ id }) => id)), new Set(articles.map(({ id }) => id))]
  const judged = new Set([...relevance.values()].flatMap((ids) => [...ids.keys()]))
  return {
    queries: [...relevance.keys()].filter((id) => !knownQueries.has(id)),
    articles: [...judged].filter((id) => !knownArticles.has(id)),
  }
}
