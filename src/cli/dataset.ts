import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Article, parseArticle } from '../article.ts'
import { FundstelleError, reasonOf } from '../errors.ts'

/** A test set in BEIR's layout. */
export interface Dataset {
  readonly articles: readonly Article[]
  readonly queries: readonly { readonly id: string; readonly text: string }[]
  /** For each query the relevant articles and how relevant they are (above 0). */
  readonly relevance: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** @throws FundstelleError `dataset_broken` */
export async function readDataset(folder: string): Promise<Dataset> {
  const articles: Article[] = []
  for await (const [line, value] of jsonLines(join(folder, 'corpus.jsonl')))
    articles.push(parseArticle(value, `#${line}`))
  const queries: { id: string; text: string }[] = []
  for await (const [line, value] of jsonLines(join(folder, 'queries.jsonl'))) {
    const { _id: id, text } = value as { _id?: unknown; text?: unknown }
    if (typeof text !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) {
      throw broken(join(folder, 'queries.jsonl'), `line ${line}: expected {"_id", "text"}`)
    }
    queries.push({ id: String(id), text })
  }
  return { articles, queries, relevance: await readJudgements(join(folder, 'qrels', 'test.tsv')) }
}

async function readJudgements(path: string): Promise<Map<string, Map<string, number>>> {
  const relevance = new Map<string, Map<string, number>>()
  for await (const [number, line] of lines(path)) {
    const [query, article, score] = line.split('\t')
    if (number === 1 && !/^\d+$/.test(score ?? '')) continue
    if (query === undefined || article === undefined || !/^-?\d+$/.test(score ?? '')) {
      throw broken(path, `line ${number}: expected query, article and a whole number, parted by tabs`)
    }
    if (Number(score) <= 0) continue
    const judged = relevance.get(query) ?? new Map<string, number>()
    relevance.set(query, judged.set(article, Number(score)))
  }
  return relevance
}

/** The lines of a text file that are not blank, with their numbers. */
export async function* lines(path: string): AsyncGenerator<[number: number, line: string]> {
  if (!existsSync(path)) throw new FundstelleError('dataset_missing', { path })
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() !== '') yield [number, line]
  }
}

async function* jsonLines(path: string): AsyncGenerator<[number: number, value: unknown]> {
  for await (const [number, line] of lines(path)) {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch (error) {
      throw broken(path, `line ${number}: ${reasonOf(error)}`)
    }
    yield [number, value]
  }
}

const broken = (path: string, reason: string): FundstelleError =>
  new FundstelleError('dataset_broken', { path, reason })
