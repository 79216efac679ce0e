// Test sets for ranking, each as an index in memory with its queries: what tune.mjs and ablation.mjs measure on.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createAnalyzer } from '../../../dist/analysis/analyzer.js'
import { parseArticle } from '../../../dist/article/article.js'
import { ArticleIndex } from '../../../dist/index/segment/segment.js'
import { analyzeQuery } from '../../../dist/search/query/analyze.js'
import { randomOf } from '../random.mjs'
import { data } from '../texts.mjs'
import { readerOf } from './finding.mjs'

export const analyzer = createAnalyzer()
const PAGE = { offset: 0, limit: 100, matchingStrategy: 'last' }
export const queryOf = (text) => analyzeQuery(text, analyzer, PAGE)

const lines = (path) => readFileSync(path, 'utf8').trim().split('\n')
const jsonLines = (path) => lines(path).map((line) => JSON.parse(line))

/** The articles and judged queries of a folder in BEIR's layout. */
export function readFolder(folder) {
  const judged = new Map()
  for (const line of lines(join(folder, 'qrels', 'test.tsv')).slice(1)) {
    const [query, article] = line.split('\t')
    judged.set(query, [...(judged.get(query) ?? []), article])
  }
  const queries = jsonLines(join(folder, 'queries.jsonl')).filter(({ _id }) => judged.has(_id))
  return {
    articles: jsonLines(join(folder, 'corpus.jsonl')),
    queries: queries.map(({ _id, text }) => ({ id: String(_id), text, relevant: new Set(judged.get(_id)) })),
  }
}

/** A folder in BEIR's layout. */
export function folderSet(folder) {
  const { articles, queries } = readFolder(folder)
  return setOf(basename(folder), articles, queries)
}

/** Misspelt words, finished with a space; the right ones are articles of their own among the passages of xquad-de. */
export function typoSet() {
  const pairs = lines(join(data, 'typos.tsv'))
    .slice(1)
    .map((line) => line.split('\t'))
  const right = [...new Set(pairs.map(([, word]) => word))]
  const articles = [
    ...jsonLines(join(data, 'xquad-de', 'corpus.jsonl')),
    ...right.map((word) => ({ _id: `=${word}`, title: '', text: word })),
  ]
  return setOf(
    'typos',
    articles,
    pairs.map(([wrong, word]) => ({ text: `${wrong} `, relevant: new Set([`=${word}`]) })),
  )
}

function setOf(name, articles, queries) {
  const index = new ArticleIndex()
  articles.forEach(({ structure, ...article }, number) => {
    const parsed = parseArticle(article, `#${number}`)
    index.add(number + 1, structure === undefined ? parsed : { ...parsed, structure }, analyzer)
  })
  const random = randomOf(5)
  const halves = queries.map((query) => ({ ...query, half: random.chance(0.5) ? 'tuned' : 'kept' }))
  return { name, index, reader: readerOf(index, analyzer), queries: halves }
}

/** Reciprocal rank of the first relevant one among ten, 0 beyond. */
export function reciprocalRank(ids, relevant) {
  const rank = ids.slice(0, 10).findIndex((id) => relevant.has(id))
  return rank < 0 ? 0 : 1 / (rank + 1)
}

export const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length)
