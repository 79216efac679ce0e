import { type Analyzer, createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { parseRules } from '../../src/rules-file.ts'
import type { SearchAnswer } from '../../src/search/answer.ts'
import type { Engine } from '../../src/search/engine/engine.ts'
import { queryRules } from '../../src/search/query/query-rules.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../src/search/query/request.ts'
import { createSearchService } from '../../src/search/service.ts'
import { CLUSTER_URL, clusterEngineOf } from '../support/cluster-engine.ts'
import { engineOf, indexOf } from '../support/memory-index.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'

/** What an engine need not be able to do; cases that ask for it are left out for such an engine, with its reason. */
export type Ability = 'near duplicates' | 'suggestions' | 'budget' | 'surface forms'

export interface EngineUnderTest {
  readonly name: string
  readonly of: (articles: readonly Article[], analyzer: Analyzer) => Engine
  /** By ability why it lacks it. */
  readonly lacks: Partial<Readonly<Record<Ability, string>>>
}

/** A service over these articles, by the owner's rules; equal articles stay apart unless it is asked for. */
export function serviceOver(engine: EngineUnderTest, articles: readonly Article[], rules = '') {
  const parsed = parseRules(rules, 'regeln.txt')
  const analyzer = createAnalyzer(parsed)
  const own = queryRules(parsed, analyzer)
  const service = createSearchService(engine.of(articles, analyzer), { analyzer: () => analyzer, rules: () => own })
  const search = (q: string, more: Partial<SearchRequest> = {}): Promise<SearchAnswer> =>
    service.search({ ...DEFAULT_REQUEST, foldDuplicates: 'none', explain: true, ...more, q })
  const ids = async (q: string, more?: Partial<SearchRequest>): Promise<string[]> =>
    (await search(q, more)).hits.map(({ id }) => id as string)
  return { search, ids, service }
}

const EMBEDDED: EngineUnderTest = {
  name: 'embedded',
  of: (articles, analyzer) =>
    engineOf(indexOf(articles, analyzer), new Map(articles.map((article, i) => [i + 1, article])), analyzer),
  lacks: {},
}

export const REFERENCE: EngineUnderTest = {
  name: 'reference',
  of: (articles, analyzer) => new ReferenceEngine(articles, analyzer),
  lacks: {
    'near duplicates': 'which articles are nearly the same is defined by the signatures of an index',
    suggestions: 'completing is left to an index: what it finds is no question of right or wrong',
    budget: 'it looks at everything, whatever that costs',
    'surface forms': 'it tells spellings in lower case',
  },
}

/** On a real cluster; only `npm run test:cluster` starts one. */
export const OPENSEARCH: EngineUnderTest = {
  name: 'opensearch',
  of: clusterEngineOf,
  lacks: {
    'near duplicates': 'it folds what is equal; signatures of what is nearly so are not kept in a cluster yet',
    suggestions: 'a cluster does not complete what is being typed yet',
    budget: 'work is done in the cluster, which has limits of its own',
    'surface forms': 'it tells spellings in lower case',
  },
}

/** Every engine that the cases of this folder run against. */
export const ENGINES: readonly EngineUnderTest[] = [
  EMBEDDED,
  REFERENCE,
  ...(CLUSTER_URL === undefined ? [] : [OPENSEARCH]),
]
