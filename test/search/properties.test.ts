import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { parseFilter } from '../../src/search/filter/parse.ts'
import type { FilterNode } from '../../src/search/filter/tree.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../src/search/query/request.ts'
import type { SearchService } from '../../src/search/service.ts'
import { articleOf } from '../support/articles.ts'
import { analyzer } from '../support/memory-index.ts'
import { indexedService } from '../support/memory-service.ts'
import '../support/property.ts'

const WORDS = [
  'Haus',
  'Häuser',
  'haus-boot',
  'Boot',
  'rot',
  'rote',
  'roten',
  'Garten',
  'und',
  'der',
  'Hausboot',
  'Nord-Süd',
  'Süd',
]
const TOWNS = ['Kursk', 'kursk', 'Kiew, Ukraine', 'Ulm', '']
const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 12 }).map((words) => words.join(' '))
const date = fc.constantFrom(
  null,
  '2024-03-03',
  '2024-03-31T23:30:00+02:00',
  '2025-01-01',
  '2023',
  '2024-04-01T00:10:00Z',
)
const article = fc
  .record({
    title: text,
    text,
    date: date.map((one) => (one === '2023' ? '2023-06-05' : one)),
    author: fc.constantFrom(null, 'Ada', 'Ben'),
    tags: fc.array(fc.constantFrom('a', 'B', 'c d'), { maxLength: 3 }),
    meta: fc.record(
      {
        ort: fc.constantFrom(...TOWNS),
        zahl: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(1.5, '2')),
        ja: fc.boolean(),
        liste: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  })
  .map((one) => one as Partial<Article>)
const articles = fc
  .array(article, { minLength: 1, maxLength: 25 })
  .map((list) => list.map((one, at) => articleOf({ ...one, id: `id-${at}` })))

const FIELDS = ['ort', 'meta.ort', 'zahl', 'ja', 'liste', 'tags', 'author', 'date', 'title', 'id', 'fehlt']
const VALUES = [
  'Kursk',
  'ulm',
  '"Kiew, Ukraine"',
  '1',
  '2',
  '1.5',
  '-2',
  'true',
  'x',
  'a',
  '"c d"',
  'Ada',
  '""',
  'id-3',
]
const DATES = ['2024', '2024-03', '2024-03-31', '3.3.2024', '"2024-03-31T21:30:00Z"', '2025-01-01', '2023-06-05']
const conditionOf = (field: string): fc.Arbitrary<string> => {
  const value = fc.constantFrom(...(field === 'date' ? DATES : VALUES))
  return fc.oneof(
    fc.tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), value).map(([sign, one]) => `${field} ${sign} ${one}`),
    fc.tuple(value, value).map(([from, to]) => `${field} ${from} TO ${to}`),
    fc
      .tuple(fc.constantFrom('IN', 'NOT IN'), fc.array(value, { maxLength: 3 }))
      .map(([sign, list]) => `${field} ${sign} [${list}]`),
    fc
      .constantFrom('EXISTS', 'NOT EXISTS', 'IS NULL', 'IS NOT NULL', 'IS EMPTY', 'IS NOT EMPTY')
      .map((sign) => `${field} ${sign}`),
    ...(field === 'date'
      ? []
      : [fc.tuple(fc.constantFrom('CONTAINS', 'STARTS WITH'), value).map(([sign, one]) => `${field} ${sign} ${one}`)]),
  )
}
const condition = fc.constantFrom(...FIELDS).chain(conditionOf)
const filter = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    condition,
    fc.tuple(tie('filter'), fc.constantFrom('AND', 'OR'), tie('filter')).map(([a, sign, b]) => `(${a}) ${sign} (${b})`),
    tie('filter').map((child) => `NOT (${child})`),
  ),
})).filter

/** A filter evaluated on the article itself, plainly. */
function fulfils(one: Article, node: FilterNode | null): boolean {
  if (node === null) return true
  if (node.kind === 'and') return node.nodes.every((child) => fulfils(one, child))
  if (node.kind === 'or') return node.nodes.some((child) => fulfils(one, child))
  if (node.kind === 'not') return !fulfils(one, node.node)
  const { kind, field } = node as Exclude<FilterNode, { kind: 'and' | 'or' | 'not' }>
  const name = field.replace(/^meta\./, '')
  const value = Object.hasOwn(one, name) ? one[name as keyof Article] : one.meta[name]
  if (kind === 'exists') return value !== undefined && value !== null
  if (kind === 'null') return value === null
  if (kind === 'empty') return value === '' || (Array.isArray(value) && value.length === 0)
  const values = (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== null)
  const compare = name === 'date' ? compareDates : compareValues
  const any = (sign: string, wanted: string): boolean => values.some((each) => compare(each, sign, wanted))
  if (node.kind === 'compare') return node.operator === '!=' ? !any('=', node.value) : any(node.operator, node.value)
  if (node.kind === 'range')
    return values.some((each) => compare(each, '>=', node.from) && compare(each, '<=', node.to))
  if (node.kind === 'in') return node.values.some((wanted) => any('=', wanted))
  const wanted = lower((node as { value: string }).value)
  return values.some((each) => (kind === 'contains' ? lower(each).includes(wanted) : lower(each).startsWith(wanted)))
}

const lower = (each: unknown): string => String(each).toLowerCase()

function compareValues(each: unknown, sign: string, wanted: string): boolean {
  const isNumber = /^-?[\d.]+$/.test(wanted)
  if (sign === '=') return lower(each) === lower(wanted) || (isNumber && each === Number(wanted))
  if ((typeof each === 'number') !== isNumber) return false
  return ordered(isNumber ? (each as number) : lower(each), sign, isNumber ? Number(wanted) : lower(wanted))
}

function compareDates(each: unknown, sign: string, wanted: string): boolean {
  const [from, to] = span(String(each), wanted)
  const [start, end] = span(wanted, String(each))
  if (sign === '=') return from < end && to > start
  if (sign === '<') return to <= start
  if (sign === '<=') return from < end
  return sign === '>' ? from >= end : to > start
}

function ordered<T>(left: T, sign: string, right: T): boolean {
  if (sign === '<') return left < right
  if (sign === '<=') return left <= right
  return sign === '>' ? left > right : left >= right
}

/** From when to when a date reaches: the day as it is written where the other is given to the day or less, else the moment. */
function span(written: string, other: string): [number, number] {
  const [, day = '', month = '', year = ''] = /^(\d+)\.(\d+)\.(\d+)$/.exec(written) ?? []
  const iso = year === '' ? written : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (iso.length === 4) return [Date.parse(`${iso}-01-01`), Date.parse(`${Number(iso) + 1}-01-01`)]
  if (iso.length === 7) return [Date.parse(`${iso}-01`), Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5)))]
  const isDay = iso.length === 10 || !other.includes('T')
  const start = Date.parse(isDay ? iso.slice(0, 10) : iso)
  return [start, start + (isDay ? 86_400_000 : 1)]
}

const query = fc.oneof(
  text,
  fc.tuple(text, fc.constantFrom(...WORDS)).map(([some, word]) => `${some} -${word}`),
  fc
    .tuple(fc.constantFrom(...WORDS), fc.constantFrom('ODER', 'UND', 'NICHT'), fc.constantFrom(...WORDS))
    .map((words) => words.join(' ')),
  text.map((some) => `"${some}"`),
  fc.constantFrom('', 'titel:Haus', 'ort:Kursk', 'Hau*', 'Ho', 'Hauß', 'tag:a rot', '-(Haus rot)'),
)

/** One index for all that is asked of the same articles. */
let last: { readonly list: readonly Article[]; readonly service: SearchService } | undefined

function serviceOf(list: readonly Article[]): SearchService {
  if (last?.list !== list) last = { list, service: indexedService(list) }
  return last.service
}

async function searchIn(list: readonly Article[], request: Partial<SearchRequest>) {
  return serviceOf(list).search({ ...DEFAULT_REQUEST, limit: 100, foldDuplicates: 'none', ...request })
}

const RUNS = { numRuns: 400 }

describe('a search with filters and operators', () => {
  it('has exactly the hits that fulfil the filter, as evaluated on the articles themselves', () =>
    fc.assert(
      fc.asyncProperty(articles, filter, async (list, given) => {
        const node = parseFilter(given)
        const { hits } = await searchIn(list, { q: '', filter: node })
        const wanted = list.filter((one) => fulfils(one, node)).map(({ id }) => id)
        expect(hits.map(({ id }) => id).sort()).toEqual(wanted.sort())
      }),
      { numRuns: 1500 },
    ))

  it('has with a query only hits of the query that fulfil the filter, scored as without', () =>
    fc.assert(
      fc.asyncProperty(articles, query, filter, async (list, q, given) => {
        const node = parseFilter(given)
        const { hits } = await searchIn(list, { q, filter: node, explain: true })
        for (const hit of hits) expect(fulfils(list.find(({ id }) => id === hit.id) as Article, node)).toBe(true)
      }),
      RUNS,
    ))

  it('counts in facets what counting all hits gives', () =>
    fc.assert(
      fc.asyncProperty(articles, query, fc.constantFrom('exact', 'near', 'none'), async (list, q, foldDuplicates) => {
        const facets = ['ort', 'tags', 'ja', 'zahl', 'date', 'fehlt']
        const { hits, facetDistribution, facetStats } = await searchIn(list, {
          q,
          facets,
          foldDuplicates: foldDuplicates as 'near',
        })
        const counts: Record<string, Record<string, number>> = Object.fromEntries(facets.map((name) => [name, {}]))
        const numbers: number[] = []
        for (const hit of hits) {
          const values = {
            ...hit.meta,
            tags: hit.tags,
            date: hit.date === null ? [] : [hit.date?.slice(0, 4), hit.date?.slice(0, 7)],
          }
          for (const name of facets) {
            const value = values[name as keyof typeof values] as unknown
            for (const each of new Set(value === undefined ? [] : Array.isArray(value) ? value : [value])) {
              const count = counts[name] as Record<string, number>
              count[String(each)] = (count[String(each)] ?? 0) + 1
              if (typeof each === 'number') numbers.push(each)
            }
          }
        }
        expect(facetDistribution).toEqual(counts)
        expect(facetStats).toEqual(
          numbers.length === 0 ? {} : { zahl: { min: Math.min(...numbers) + 0, max: Math.max(...numbers) + 0 } },
        )
      }),
      RUNS,
    ))

  it('gives in pages what it gives in one', () =>
    fc.assert(
      fc.asyncProperty(
        articles,
        query,
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (list, q, limit, isSorted) => {
          const sort = isSorted ? [{ field: 'zahl', descending: true }] : []
          const whole = await searchIn(list, { q, sort, foldDuplicates: 'near' })
          const ids: unknown[] = []
          for (let offset = 0; offset < whole.totalHits; offset += limit) {
            const page = await searchIn(list, { q, sort, foldDuplicates: 'near', limit, offset })
            expect(page.totalHits).toBe(whole.totalHits)
            ids.push(...page.hits.map(({ id }) => id))
          }
          expect(ids).toEqual(whole.hits.map(({ id }) => id))
          expect(new Set(ids).size).toBe(whole.totalHits)
        },
      ),
      RUNS,
    ))

  /** A text in every way its words with hyphens can be read, as one or in pieces, by their terms. */
  const readings = (some: string): string[] =>
    analyzer.analyze(some).words.reduce<string[]>(
      (begun, { key, term }) => {
        const pieces = key.split('-').map((piece) => analyzer.word(piece).term)
        const ways = new Set([term, pieces.join(' ')])
        return begun.flatMap((before) => [...ways].map((way) => `${before}${way} `))
      },
      [' '],
    )
  const fieldsOf = ({ title, text: body, tags, author, meta }: Article): string[] => [
    title,
    body,
    ...tags,
    author ?? '',
    ...Object.values(meta).flatMap((value) => (typeof value === 'string' || Array.isArray(value) ? value : [])),
  ]

  it('has every phrase in every hit', () =>
    fc.assert(
      fc.asyncProperty(
        articles,
        fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
        async (list, words) => {
          const { hits } = await searchIn(list, { q: `"${words.join(' ')}"`, attributesToRetrieve: ['*'] })
          const wanted = readings(words.join(' '))
          const has = (one: Article): boolean =>
            fieldsOf(one).some((field) =>
              readings(field).some((found) => wanted.some((phrase) => found.includes(phrase))),
            )
          for (const hit of hits) expect(has(hit as Article)).toBe(true)
          // and every article that has it is a hit
          expect(hits.map(({ id }) => id).sort()).toEqual(
            list
              .filter(has)
              .map(({ id }) => id)
              .sort(),
          )
        },
      ),
      RUNS,
    ))

  it('has excluded words in no hit, in none of their forms', () =>
    fc.assert(
      fc.asyncProperty(articles, text, fc.constantFrom(...WORDS), async (list, some, word) => {
        // behind `und` it would be a shortened word: Frauenfußball und -handball
        const { hits } = await searchIn(list, { q: `${some} rot -${word}`, attributesToRetrieve: ['*'] })
        const { term } = analyzer.word(word)
        for (const hit of hits) {
          const found = fieldsOf(hit as Article).flatMap((field) => analyzer.analyze(field).words)
          const isExcluded = ({ term: own, key }: (typeof found)[number]): boolean =>
            own === term || key.split('-').some((piece) => analyzer.word(piece).term === term)
          expect(found.filter(isExcluded)).toEqual([])
        }
      }),
      RUNS,
    ))

  it('explains every score: the shares add up', () =>
    fc.assert(
      fc.asyncProperty(articles, query, async (list, q) => {
        const { hits } = await searchIn(list, { q, explain: true })
        for (const { score, explanation } of hits) {
          const sum = explanation?.parts.reduce((total, { share }) => total + share, 0)
          expect(Math.abs((sum as number) - score)).toBeLessThan(1e-6)
        }
      }),
      RUNS,
    ))

  it('folds equal articles into the best of them, and counts the others', () =>
    fc.assert(
      fc.asyncProperty(articles, query, async (list, q) => {
        const apart = await searchIn(list, { q })
        const folded = await searchIn(list, { q, foldDuplicates: 'exact' })
        const content = (id: unknown): string => {
          const one = list.find((each) => each.id === id) as Article
          return `${one.title}\0${one.text}`
        }
        const first = apart.hits.filter(
          ({ id }, at) => apart.hits.findIndex((other) => content(other.id) === content(id)) === at,
        )
        expect(folded.hits.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
        for (const { id, duplicates = 0 } of folded.hits)
          expect(duplicates).toBe(apart.hits.filter((other) => content(other.id) === content(id)).length - 1)
      }),
      RUNS,
    ))
})
