import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { loadNewest } from '../../src/index/snapshot/newest.ts'
import { DEFAULT_REQUEST } from '../../src/search/query/request.ts'
import { createSearchService, type SearchService } from '../../src/search/service.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { update } from '../../src/update/update.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

interface Row {
  readonly query: string
  readonly article: string
  readonly shows: string
}

const rowsOf = (table: string): Row[] =>
  readFileSync(path(`../fixtures/${table}`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [query = '', article = '', shows = ''] = line.split('\t')
      return { query, article, shows }
    })

/** What the owner asks of the first article. */
const OWNERS: readonly string[] = [
  ...['Drohne', 'drohnen', 'nordkoreanischer Soldat', 'Verluste Nordkorea'],
  ...['südkoreanische Abgeordnete', 'suedkoreanische Abgeordnete', 'Pjöngjang', 'Pjoengjang', 'Kursk'],
  ...['4.700', '4700', '"neo-nazistischen Besatzer"', 'SA-22', 'Körperverletzung'],
]

describe('the seeds', () => {
  const cache = makeFolder()
  let store: ArticleStore
  let service: SearchService

  beforeAll(async () => {
    const analyzer = createAnalyzer()
    const fingerprint = 'test'
    const report = await update({
      ...{ cache, paths: [path('../../seeds')], maxFileBytes: 10 << 20, analyzer, fingerprint },
      ...{ readersFingerprint: 'test', snapshot: 'always' },
    })
    expect(report.refusals).toEqual([])
    store = ArticleStore.open(cache)
    const { index, complaints } = await loadNewest(new Generations(cache), store, { fingerprint, storeId: store.id })
    expect(complaints).toEqual([])
    service = createSearchService(new EmbeddedEngine(index, store, { analyzer, fingerprint }), analyzer)
  })

  afterAll(() => {
    store?.close()
    removeFolder(cache)
  })

  const firstOf = async (q: string): Promise<string | undefined> =>
    (await service.search({ ...DEFAULT_REQUEST, q })).hits[0]?.id

  const rows = rowsOf('seed-queries.tsv')
  const holds = async ({ query, article }: Row): Promise<void> => {
    const first = await firstOf(query)
    // rows of a table have the file's name and something of their own
    if (article.endsWith('.csv')) expect(first?.startsWith(article)).toBe(true)
    else expect(first).toBe(article)
  }

  it.each(rows)('$query → $article: $shows', holds)

  it.each(OWNERS)('the owner asks for %s', async (query) => {
    expect(await firstOf(query)).toBe('nordkoreanische-soldaten.txt')
  })

  it('find words of the block of details', async () => {
    const { hits } = await service.search({ ...DEFAULT_REQUEST, q: 'Körperverletzung' })
    expect(hits[0]?.matches[0]).toMatchObject({ field: 'meta.vorfall', kind: 'exact' })
  })
})
