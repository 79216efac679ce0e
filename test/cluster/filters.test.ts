import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { FilterNode } from '../../src/search/filter/tree.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import { CLUSTER_URL, clusterEngineOf, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import { analyzer, ask } from '../support/memory-index.ts'
import { fulfils } from '../support/reference/conditions.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'

const RUNS = 8
const FILTERS = 40

const FIELDS = ['ort', 'zahl', 'tags', 'title', 'author', 'url', 'date', 'language', 'id', 'fehlt', 'text']
const TEXTS = ['Kursk', 'kursk', 'Köln', 'KÖLN', 'a*b', 'a?b', 'a\\b', 'x', '', '5', '5.0', '-3', '1e3', 'true', 'Kö']
const DATES = ['2024', '2024-03', '2024-03-03', '3.3.2024', '2024-03-03T10:00:00Z', '1999-12-31', 'gestern']

const anyValue = fc.constantFrom(...TEXTS, ...DATES)
const anyField = fc.constantFrom(...FIELDS)
const anyLeaf: fc.Arbitrary<FilterNode> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    field: anyField,
    operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    value: anyValue,
  }),
  fc.record({ kind: fc.constant('range' as const), field: anyField, from: anyValue, to: anyValue }),
  fc.record({ kind: fc.constant('in' as const), field: anyField, values: fc.array(anyValue, { maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom('contains' as const, 'starts' as const), field: anyField, value: anyValue }),
  fc.record({
    kind: fc.constantFrom('exists' as const, 'null' as const, 'empty' as const),
    field: anyField,
  }),
)
const anyFilter: fc.Arbitrary<FilterNode> = fc.oneof(
  { weight: 4, arbitrary: anyLeaf },
  { weight: 1, arbitrary: anyLeaf.map((node) => ({ kind: 'not' as const, node })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      nodes: fc.array(anyLeaf, { minLength: 1, maxLength: 3 }),
    }),
  },
)

const anyText = fc.constantFrom(...TEXTS)
const anyArticle = fc.record({
  title: anyText,
  author: fc.option(anyText),
  url: fc.option(anyText),
  language: fc.constantFrom(null, 'de', 'en'),
  date: fc.constantFrom(null, '2024-03-03', '2024-03-03T10:00:00Z', '2024-03-03T01:00:00+05:00', '1999-12-31'),
  tags: fc.array(anyText, { maxLength: 3 }),
  meta: fc.record(
    {
      ort: fc.oneof(anyText, fc.array(anyText, { maxLength: 2 })),
      zahl: fc.oneof(fc.constantFrom(5, -3, 1000, 0, -0, 5.5), fc.boolean(), anyText),
    },
    { requiredKeys: [] },
  ),
})
const anyCollection = fc
  .array(anyArticle, { minLength: 1, maxLength: 25 })
  .map((articles) => articles.map((fields, i) => articleOf({ ...fields, id: `a${i}`, text: 'x' }) as Article))

describe.skipIf(CLUSTER_URL === undefined)(`filters on a cluster${NEEDS_CLUSTER}`, () => {
  const options = { numRuns: RUNS, endOnFailure: true }

  it('let through the articles that fulfil them, by the definition', () =>
    fc.assert(
      fc.asyncProperty(
        anyCollection,
        fc.array(anyFilter, { minLength: FILTERS, maxLength: FILTERS }),
        async (articles, filters) => {
          const engine = clusterEngineOf(articles, analyzer)
          for (const filter of filters) {
            const { hits } = await ask(engine, '', { filter })
            const expected = articles.filter((article) => fulfils(article, filter)).map(({ id }) => id)
            expect([filter, hits.map(({ article }) => article.id).sort()]).toEqual([filter, expected.sort()])
          }
        },
      ),
      options,
    ))

  it('and values of fields are counted by the definition', () =>
    fc.assert(
      fc.asyncProperty(anyCollection, fc.array(anyText, { minLength: 8, maxLength: 8 }), async (articles, texts) => {
        const engine = clusterEngineOf(articles, analyzer)
        const reference = new ReferenceEngine(articles, analyzer)
        for (const [at, text] of texts.entries()) {
          const wanted = { field: FIELDS[at] as string, text, filter: null, most: 100 }
          const found = await engine.facetValues(wanted, new WorkBudget())
          expect([wanted, found]).toEqual([wanted, await reference.facetValues(wanted)])
        }
      }),
      options,
    ))
})
