import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import type { ArticleSource } from '../../../src/index/article-source.ts'
import { EmbeddedEngine } from '../../../src/index/embedded-engine.ts'
import { parseRules } from '../../../src/rules-file.ts'
import { queryRules } from '../../../src/search/query/query-rules.ts'
import { createSearchService } from '../../../src/search/service.ts'
import type { SearchSettings } from '../../../src/search/version.ts'
import { createApp } from '../../../src/server/app.ts'
import { type Assets, assetOf, readAssets } from '../../../src/server/http/assets.ts'
import { articleOf } from '../../support/articles.ts'
import { analyzer, indexOf } from '../../support/memory-index.ts'

const OLD = articleOf({ id: 'alt', title: 'Drohne', text: 'Eine Drohne fliegt.', date: '2019-01-01' })
const NEW = articleOf({ id: 'neu', title: 'Die Drohne', text: 'Eine Drohne, die fliegt.', date: '2026-11-20' })
const ASSETS = readAssets()
const DAY_MS = 86_400_000
const NOON = Date.UTC(2026, 10, 28, 12)

/** Everything that answers depend on beside the request. */
interface Parts {
  readonly articles: readonly Article[]
  readonly storeId: string
  readonly fingerprint: string
  readonly settings: SearchSettings
  readonly rules: string
  readonly assets: Assets
  readonly nowMs: number
}

const USUAL: Parts = {
  articles: [OLD, NEW],
  storeId: 'store-1',
  fingerprint: 'terms-1',
  settings: { program: 'program-1', answers: { recencyDays: null, prefersGerman: true }, recency: null },
  rules: '',
  assets: ASSETS,
  nowMs: NOON,
}
/** Asked for when it is used: the clock is put in its place afterwards. */
const now = (): number => Date.now()
const recency = { halfLifeDays: 30, now }
const FRESH: Parts = {
  ...USUAL,
  settings: { ...USUAL.settings, answers: { recencyDays: 30, prefersGerman: true }, recency },
}

afterEach(() => {
  vi.useRealTimers()
})

/** A server's answer, as if it had been started anew with these parts. */
async function answer(parts: Parts, path: string, headers: Record<string, string> = {}): Promise<Response> {
  vi.useFakeTimers({ toFake: ['Date'], now: parts.nowMs })
  const byId = new Map(parts.articles.map((article) => [article.id, article]))
  const store = {
    id: parts.storeId,
    bySeqNo: (seqNo: number) => parts.articles[seqNo - 1],
    byId: (id: string) => byId.get(id),
  } satisfies ArticleSource
  const engine = new EmbeddedEngine(indexOf(parts.articles), store, { analyzer, fingerprint: parts.fingerprint })
  const rules = queryRules(parseRules(parts.rules, 'rules.txt'), analyzer)
  const app = createApp({
    service: createSearchService(engine, {
      analyzer: () => analyzer,
      rules: () => rules,
      settings: parts.settings,
    }),
    ready: () => true,
    onError: (error) => {
      throw error
    },
    assets: parts.assets,
  })
  return app.request(path, { headers })
}

async function tagOf(parts: Parts, path: string, headers: Record<string, string> = {}): Promise<string> {
  const tag = (await answer(parts, path, headers)).headers.get('etag')
  expect(tag, path).not.toBeNull()
  return tag as string
}

const PATHS = [
  '/',
  '/?q=drohne',
  '/search?q=drohne',
  '/suggest?q=dro',
  '/facets/tags',
  '/articles/alt',
  '/articles/alt/similar',
  '/analyze?text=Drohne',
  '/marks?q=drohne',
]
const changedAsset = (name: keyof Assets): Assets => ({ ...ASSETS, [name]: assetOf(Buffer.from('{}'), 'text/css') })

// Each of them is all that is different.
const OTHERS: readonly (readonly [what: string, parts: Parts])[] = [
  ['the state of the index', { ...USUAL, articles: [OLD, NEW, articleOf({ id: 'drei', text: 'Drei.' })] }],
  ['the store', { ...USUAL, storeId: 'store-2' }],
  ['what the index is made by', { ...USUAL, fingerprint: 'terms-2' }],
  ['the program', { ...USUAL, settings: { ...USUAL.settings, program: 'program-2' } }],
  [
    'the settings of answers',
    { ...USUAL, settings: { ...USUAL.settings, answers: { recencyDays: 30, prefersGerman: true } } },
  ],
  ['the preference for newer articles', { ...USUAL, settings: { ...USUAL.settings, recency } }],
  ["the owner's rules", { ...USUAL, rules: 'oben: drohne -> alt' }],
  ['the style of the pages', { ...USUAL, assets: changedAsset('pageCss') }],
  ['the script of the pages', { ...USUAL, assets: changedAsset('pageJs') }],
]

describe('an answer that is kept', () => {
  it.each(PATHS)('GET %s is good for as long as nothing is different, on any day', async (path) => {
    const tag = await tagOf(USUAL, path)
    for (const nowMs of [NOON, NOON + DAY_MS]) {
      const again = await answer({ ...USUAL, nowMs }, path, { 'if-none-match': tag })
      expect(again.status).toBe(304)
    }
  })

  describe.each(OTHERS)('is not good any more with another: %s', (_, other) => {
    it.each(PATHS)('GET %s', async (path) => {
      const tag = await tagOf(USUAL, path)
      const again = await answer(other, path, { 'if-none-match': tag })
      expect(again.status).toBe(200)
      expect(again.headers.get('etag')).not.toBe(tag)
    })
  })

  it('is good until midnight (UTC) where newer articles are preferred', async () => {
    const tag = await tagOf(FRESH, '/search?q=drohne')
    const at = (nowMs: number) => answer({ ...FRESH, nowMs }, '/search?q=drohne', { 'if-none-match': tag })
    expect((await at(Date.UTC(2026, 10, 28, 23, 59))).status).toBe(304)
    expect((await at(Date.UTC(2026, 10, 29))).status).toBe(200)
  })

  it('gives way to one with another order of hits', async () => {
    const idsOf = async (response: Response): Promise<string[]> =>
      ((await response.json()) as { hits: { id: string }[] }).hits.map(({ id }) => id)
    const path = '/search?q=drohne+fliegt'
    const before = await answer(USUAL, path)
    expect(await idsOf(before)).toEqual(['alt', 'neu'])
    const after = await answer(FRESH, path, { 'if-none-match': before.headers.get('etag') as string })
    expect([after.status, await idsOf(after)]).toEqual([200, ['neu', 'alt']])
    const more = { ...FRESH, settings: { ...FRESH.settings, recency: { halfLifeDays: 60, now } } }
    expect((await answer(more, path, { 'if-none-match': after.headers.get('etag') as string })).status).toBe(200)
  })

  it.each([
    ['another language of the client', '/search?q=drohne', { 'accept-language': 'en' }],
    ['another language in the address', '/search?q=drohne&lang=en', {}],
    ['another question', '/search?q=drohnen', {}],
    ['another route', '/suggest?q=drohne', {}],
    ['another place behind a proxy', '/search?q=drohne', { 'x-forwarded-prefix': '/suche' }],
  ])('is not good for %s', async (_, path, headers) => {
    const tag = await tagOf(USUAL, '/search?q=drohne')
    expect((await answer(USUAL, path, { ...headers, 'if-none-match': tag })).status).toBe(200)
  })

  it('is not good as a page where it is data', async () => {
    const tag = await tagOf(USUAL, '/articles/alt')
    const headers = { accept: 'text/html', 'if-none-match': tag }
    expect((await answer(USUAL, '/articles/alt', headers)).status).toBe(200)
  })

  it('names its state: `indexVersion` is another wherever the answer may be', async () => {
    const versionOf = async (parts: Parts): Promise<string> =>
      ((await (await answer(parts, '/search?q=drohne')).json()) as { indexVersion: string }).indexVersion
    const usual = await versionOf(USUAL)
    expect(await versionOf({ ...USUAL, nowMs: NOON + DAY_MS })).toBe(usual)
    for (const [what, parts] of OTHERS.filter(([, { assets }]) => assets === ASSETS))
      expect(await versionOf(parts), what).not.toBe(usual)
    expect(await versionOf({ ...FRESH, nowMs: NOON + DAY_MS })).not.toBe(await versionOf(FRESH))
  })
})
