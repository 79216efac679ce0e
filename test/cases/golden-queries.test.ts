import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openForSearch } from '../../src/cli/open.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { openAnalysis } from '../../src/index/open-analysis.ts'
import { createSearchService, type SearchService } from '../../src/search/service.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { update } from '../../src/update/update.ts'
import { optionsFor } from '../support/updating.ts'
import { type Ability, ENGINES } from './engines.ts'

/**
 * Golden cases: requests over seeds/, through the HTTP side, each with a comment. `ids` are those of the hits in order; every other
 * name is a path into the answer, with `~` at its end where a text must contain what is expected, and `#` where a list must be so long.
 */
interface Case {
  readonly comment: string
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
  /** Posted as JSON instead. */
  readonly body?: unknown
  readonly status?: number
  readonly expect: Readonly<Record<string, unknown>>
}

const FILE = new URL('../fixtures/golden-queries.jsonl', import.meta.url)
const RULES = new URL('../fixtures/golden-queries.rules.txt', import.meta.url)
const SEEDS = new URL('../../seeds', import.meta.url).pathname
const cases = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case)

/** As the seeds are served, by an engine that goes through all of them, and by a cluster where there is one. */
const apps = new Map<string, Hono>()
const OTHERS = ENGINES.filter(({ name }) => name !== 'embedded')
const NAMES = ['as served', ...OTHERS.map(({ name }) => name)]
/** By route what an engine must be able to do for it. */
const NEEDED: ReadonlyMap<string, Ability> = new Map([['/suggest', 'suggestions']])
const reasonAgainst = (name: string, path: string): string | undefined => {
  const ability = NEEDED.get(path)
  return ability === undefined ? undefined : OTHERS.find((engine) => engine.name === name)?.lacks[ability]
}
let close: () => void = () => {}

beforeAll(async () => {
  const cache = mkdtempSync(join(tmpdir(), 'fundstelle-golden-'))
  const rules = RULES.pathname
  const analysed = openAnalysis(rules)
  const { analyzer, fingerprint } = analysed
  await update(optionsFor(cache, [SEEDS], { maxFileBytes: 10 << 20, analyzer, fingerprint }))
  const opened = await openForSearch(cache, createTerminal('de', {}), analysed)
  const appOf = (service: SearchService): Hono =>
    createApp({ service, ready: () => true, assets: readAssets(), onError: (error) => console.error(error) })
  apps.set('as served', appOf(opened.service))
  const store = ArticleStore.open(cache)
  const articles = Array.from(store.articles(), ({ article }) => article)
  store.close()
  const own = { analyzer: () => analyzer, rules: () => analysed.rules }
  for (const { name, of } of OTHERS) apps.set(name, appOf(createSearchService(of(articles, analyzer), own)))
  close = () => {
    opened.close()
    rmSync(cache, { recursive: true, force: true })
  }
})
afterAll(() => close())

it('there are two hundred of them at least, each with a comment of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200)
  expect(new Set(cases.map(({ comment }) => comment)).size).toBe(cases.length)
})

/**
 * What each may cost as it is served, in units of work-budget.ts: half as much again as the dearest takes, and the dearest with similar
 * articles. Work is counted, so it is the same on every machine. A request that takes more does something again and again, or for
 * articles that are no hits.
 */
const WORK_MAX = 2_900_000
const SIMILAR_WORK_MAX = 7_200_000
let workOfAll = 0

describe.each(NAMES)('%s', (name) => {
  it.for(cases)('$comment', async ({ path, params, body, status, expect: wanted }, { skip }) => {
    const reason = reasonAgainst(name, path)
    if (reason !== undefined) skip(reason)
    const query = params === undefined ? '' : `?${new URLSearchParams(params)}`
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await (apps.get(name) as Hono).request(path + query, init)
    const work = name === 'as served' ? Number(response.headers.get('x-fundstelle-work')) : 0
    workOfAll += work
    expect(work).toBeLessThan(path.endsWith('/similar') ? SIMILAR_WORK_MAX : WORK_MAX)
    const answer = (await response.json()) as Record<string, unknown>
    expect([response.status, answer['detail']]).toEqual([status ?? 200, answer['detail']])
    const got = Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, valueAt(answer, key, value)]))
    expect(got).toEqual(wanted)
  })
})

it('all of them together cost a tenth more than they did, at most', () => {
  expect(workOfAll).toBeLessThan(105_000_000)
})

function valueAt(answer: Record<string, unknown>, name: string, wanted: unknown): unknown {
  if (name === 'ids') return (answer['hits'] as { id: string }[]).map(({ id }) => id)
  const plain = name.replace(/[~#]$/, '')
  const value = plain
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], answer)
  if (name.endsWith('~')) return String(value).includes(String(wanted)) ? wanted : value
  if (name.endsWith('#')) return (value as unknown[] | undefined)?.length
  return value
}
